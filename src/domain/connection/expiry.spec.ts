import { readExpiry } from './expiry';

test.each([
  ['2026-03-02T00:00:00Z', 'valid', 60],
  ['2026-01-31T00:00:00Z', 'valid', 30],
  ['2026-01-30T23:59:59Z', 'soon', 29],
  ['2026-01-01T00:00:01Z', 'soon', 0],
  ['2025-12-31T23:59:59Z', 'expired', 0],
])('valid until %s on January 1 is %s, %d days ahead', (notAfter, state, days) => {
  expect(readExpiry(Date.parse(notAfter), Date.parse('2026-01-01T00:00:00Z'))).toEqual({ state, days });
});
