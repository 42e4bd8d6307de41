/** How many bytes follow the first one of a character (RFC 3629 §4); `undefined`: no character begins like that. */
const followers = (first: number): number | undefined => {
  if (first < 0xc2) return undefined;
  if (first < 0xe0) return 1;
  if (first < 0xf0) return 2;
  return first < 0xf5 ? 3 : undefined;
};

/** Bytes as text, U+FFFD for what is not UTF-8. Browsers have TextDecoder for this; the domain has no DOM. */
export const textOfUtf8 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const count = followers(first) ?? 0;
    const rest = bytes.subarray(at + 1, at + 1 + count);
    const code = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), first & (0x3f >> count));
    if (count === 0 || rest.length < count || rest.some((byte) => byte >> 6 !== 2) || code > 0x10ffff) {
      text += '\uFFFD';
      continue;
    }
    text += String.fromCodePoint(code);
    at += count;
  }
  return text;
};
