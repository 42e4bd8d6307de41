import type { Check } from './check';
import { consolePlugin } from './console-plugin';
import { hostProvider } from './host-provider';
import { imageRegistry } from './image-registry';
import { operatorChecks } from './operators';
import { checks } from './registry';
import { virtDefaultClass } from './virt-default-class';

/**
 * What a cluster needs before MTV can be set up, as the Summary and the hooks' report judge it. A list of its own: the Status card
 * does not watch what these look at.
 */
export const prerequisiteChecks: readonly Check[] = [
  hostProvider,
  ...operatorChecks,
  virtDefaultClass,
  imageRegistry,
  consolePlugin,
];

/** Every check there is: of what this plugin sets up, and of what that needs. */
export const allChecks: readonly Check[] = [...checks, ...prerequisiteChecks];
