// What only some ever see of this step, fetched when it is to be shown.

import type { Load } from '../../parts/use-on-demand';

const jobParts = () => import('./job-parts');

/** The panel of a job that is under way or over. */
export const loadJobPanel = async () => (await jobParts()).JobPanel;
/** What an upload needs as soon as it begins. */
export const loadUpload: Load = async () => {
  await jobParts();
  return () => null;
};
/** The build that began last, whoever began it. */
export const loadLastBuild = async () => (await jobParts()).LastBuild;
/** Why a job stopped, with Retry. */
export const loadStoppedJob = async () => (await jobParts()).StoppedJob;
/** The images that are set, with what is known of them. */
export const loadImageCards = async () => (await import('./ImageCards')).ImageCards;
/** Where VDDK comes from. */
export const loadVddkForm = async () => (await import('./VddkForm')).VddkForm;
