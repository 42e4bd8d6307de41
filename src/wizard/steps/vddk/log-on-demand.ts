/** The log of a build. */
export const loadBuildLog = async () => (await import('./BuildLog')).BuildLog;
/** Lines of a log. */
export const loadLogView = async () => (await import('./LogView')).LogView;
