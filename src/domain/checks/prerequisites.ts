import type { Check } from './check';
import { hostProvider } from './host-provider';
import { imageRegistry } from './image-registry';
import { operatorChecks } from './operators';
import { virtDefaultClass } from './virt-default-class';

/**
 * What a cluster needs before MTV can be set up, as the hooks' report judges it. A list of its own: the page and the Status card do
 * not load these rules, which would take them over their budgets.
 */
export const prerequisiteChecks: readonly Check[] = [hostProvider, ...operatorChecks, virtDefaultClass, imageRegistry];
