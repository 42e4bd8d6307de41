// What only some ever see of this step, fetched when it is to be shown.

const jobParts = () => import('./job-parts');

/** The panel of a job that is under way or over. */
export const loadJobPanel = async () => (await jobParts()).JobPanel;
/** The build that began last, whoever began it. */
export const loadLastBuild = async () => (await jobParts()).LastBuild;
/** Why a job stopped, with Retry. */
export const loadStoppedJob = async () => (await jobParts()).StoppedJob;
/** The choice of an image that exists. */
export const loadImageChoice = async () => (await import('./ImageChoice')).ImageChoice;
/** The choice to go without VDDK. */
export const loadWithoutChoice = async () => (await import('./WithoutChoice')).WithoutChoice;
