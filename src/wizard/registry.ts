import type { Step } from './step';
import { connectionStep } from './steps/connection/step';
import { esxiHostsStep } from './steps/esxi-hosts/step';
import { networksStep } from './steps/networks/step';
import { prerequisitesStep } from './steps/prerequisites/step';
import { summaryStep } from './steps/summary/step';
import { vddkStep } from './steps/vddk/step';

/** The wizard's steps in their order. */
export const steps = [
  prerequisitesStep,
  connectionStep,
  vddkStep,
  esxiHostsStep,
  networksStep,
  summaryStep,
] as const satisfies readonly Step[];

/** The steps that there are, by their ids. */
export type StepId = (typeof steps)[number]['id'];
