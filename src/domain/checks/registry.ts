import type { Check } from './check';
import { networks } from './networks';
import { sourceProvider } from './source-provider';
import { vddkImage } from './vddk-image';

/** The checks of what this plugin sets up. Step ticks and Status card derive from this list; Summary and report have the prerequisites as well. */
export const checks: readonly Check[] = [sourceProvider, vddkImage, networks];
