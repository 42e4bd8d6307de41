/** A time of the cluster as the browser's user writes times. */
export const timeText = (time: string): string =>
  new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
