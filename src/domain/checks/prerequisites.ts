import { buildApi } from './build-api';
import type { Check } from './check';
import { consolePlugin } from './console-plugin';
import { hostProvider } from './host-provider';
import { imageRegistry } from './image-registry';
import { operatorChecks } from './operators';
import { checks } from './registry';
import { virtDefaultClass } from './virt-default-class';

/**
 * What a cluster needs before MTV can be set up, in the order in which it is made, as the step Prerequisites, the Summary and the hooks'
 * report judge it. A list of its own: the Status card does not watch what these look at.
 */
export const prerequisiteChecks: readonly Check[] = [
  ...operatorChecks,
  virtDefaultClass,
  imageRegistry,
  buildApi,
  hostProvider,
  consolePlugin,
];

/** Every check there is: of what this plugin sets up, and of what that needs. */
export const allChecks: readonly Check[] = [...checks, ...prerequisiteChecks];
