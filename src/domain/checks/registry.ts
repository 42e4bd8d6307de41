import type { Check } from './check';
import { imageRegistry } from './image-registry';
import { operatorChecks } from './operators';
import { overviewChecks } from './overview';
import { virtDefaultClass } from './virt-default-class';

/** Every check there is. Page, step ticks, Status card, summary and the controller's report derive from this list. */
export const checks: readonly Check[] = [...overviewChecks, ...operatorChecks, virtDefaultClass, imageRegistry];
