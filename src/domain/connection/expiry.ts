/** How long a certificate is still valid. `days` are whole days, of one that has expired 0. */
export interface Expiry {
  readonly state: 'valid' | 'soon' | 'expired';
  readonly days: number;
}

const day = 24 * 60 * 60 * 1000;

/** So long ahead a renewal is planned. */
const soonDays = 30;

/** How long it is until the end of a certificate, both in milliseconds. */
export const readExpiry = (notAfter: number, now: number): Expiry => {
  const left = notAfter - now;
  if (left < 0) return { state: 'expired', days: 0 };
  const days = Math.floor(left / day);
  return { state: days < soonDays ? 'soon' : 'valid', days };
};
