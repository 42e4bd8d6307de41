import type { Check } from './check';
import { networks } from './networks';
import { sourceProvider } from './source-provider';
import { vddkImage } from './vddk-image';

/** Every check there is. Page, step ticks, Status card, summary and the controller's report derive from this list. */
export const checks: readonly Check[] = [sourceProvider, vddkImage, networks];
