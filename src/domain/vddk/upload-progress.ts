import type { Translate } from '../translate';

/** How far an upload is. Times are in milliseconds, from any origin. */
export interface UploadProgress {
  readonly total: number;
  /** Bytes that have left the browser; `undefined` as long as it has not told. */
  readonly sent: number | undefined;
  /** What was sent when, over the last seconds, oldest first. */
  readonly samples: readonly { readonly at: number; readonly sent: number }[];
}

const windowOfRate = 5000;

/** An upload that has just begun. */
export const noProgress = (total: number): UploadProgress => ({ total, sent: undefined, samples: [] });

/** `sent` bytes in all have left the browser at this time. */
export const advance = (progress: UploadProgress, sent: number, at: number): UploadProgress => ({
  total: progress.total,
  sent: Math.min(sent, progress.total),
  samples: [...progress.samples.filter((sample) => at - sample.at <= windowOfRate), { at, sent }],
});

/** Bytes a second over the last seconds; `undefined` until that can be told. */
export const rateOf = ({ samples }: UploadProgress): number | undefined => {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < 500) return undefined;
  const rate = ((last.sent - first.sent) / (last.at - first.at)) * 1000;
  return rate > 0 ? rate : undefined;
};

/** Seconds left at the present rate; `undefined` until that can be told. */
export const secondsLeft = (progress: UploadProgress): number | undefined => {
  const rate = rateOf(progress);
  return rate === undefined || progress.sent === undefined ? undefined : (progress.total - progress.sent) / rate;
};

/** A size, such as "23.4 MiB". */
export const sizeText = (t: Translate, bytes: number): string =>
  bytes < 1024 * 1024
    ? t('{{size}} KiB', { size: Math.round(bytes / 1024) })
    : t('{{size}} MiB', { size: (bytes / 1024 / 1024).toFixed(1) });

/** "12.0 MiB of 23.4 MiB, 1.2 MiB per second, about 10 seconds left", as far as it is known. */
export const progressText = (t: Translate, progress: UploadProgress): string => {
  const total = sizeText(t, progress.total);
  if (progress.sent === undefined) return t('Sending {{total}}', { total });
  const sent = sizeText(t, progress.sent);
  const rate = rateOf(progress);
  const left = secondsLeft(progress);
  if (progress.sent === progress.total) return t('{{total}} sent; waiting for the build to receive it', { total });
  return rate === undefined || left === undefined
    ? t('{{sent}} of {{total}}', { sent, total })
    : t('{{sent}} of {{total}}, {{rate}} per second, {{left}}', {
        sent,
        total,
        rate: sizeText(t, rate),
        left: leftText(t, left),
      });
};

const leftText = (t: Translate, seconds: number): string =>
  seconds < 90
    ? t('about {{number}} seconds left', { number: Math.max(1, Math.round(seconds)) })
    : t('about {{number}} minutes left', { number: Math.round(seconds / 60) });
