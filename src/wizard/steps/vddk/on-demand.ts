// What only some ever see of this step, fetched when it is to be shown.

const jobParts = () => import('./job-parts');

export const loadJobPanel = async () => (await jobParts()).JobPanel;
export const loadLastBuild = async () => (await jobParts()).LastBuild;
export const loadStoppedJob = async () => (await jobParts()).StoppedJob;
export const loadImageChoice = async () => (await import('./ImageChoice')).ImageChoice;
export const loadWithoutChoice = async () => (await import('./WithoutChoice')).WithoutChoice;
