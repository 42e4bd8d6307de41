import type { Check } from './check';
import { hostProvider } from './host-provider';
import { networks } from './networks';
import { sourceProvider } from './source-provider';
import { vddkImage } from './vddk-image';

/**
 * The checks of the Status card: those that follow from MTV's own kinds and networks, because every visit to the Overview watches
 * what they look at. A list of its own, so that the card does not load the rules of the others.
 */
export const overviewChecks: readonly Check[] = [sourceProvider, vddkImage, networks, hostProvider];
