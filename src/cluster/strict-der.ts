/**
 * Whether bytes are one value in DER and nothing else: every length definite, as short as it can be, and exactly filled (X.690, clause 10.1).
 * asn1js also reads BER and cut-off values; Go, by which MTV reads certificates, does not.
 */
export const isStrictDer = (bytes: Uint8Array): boolean => endOfValue(bytes, 0, bytes.length, 0) === bytes.length;

const deepest = 32;

/** Where the value that begins at `at` ends; -1 when it is not DER or reaches beyond `limit`. */
const endOfValue = (bytes: Uint8Array, at: number, limit: number, depth: number): number => {
  const tag = bytes[at];
  // Tags of several bytes occur in no certificate.
  if (tag === undefined || (tag & 0x1f) === 0x1f || depth > deepest) return -1;
  const header = lengthAt(bytes, at + 1);
  if (!header) return -1;
  const end = header.content + header.length;
  if (end > limit) return -1;
  const isConstructed = (tag & 0x20) !== 0;
  for (let inner = header.content; isConstructed && inner < end;) {
    inner = endOfValue(bytes, inner, end, depth + 1);
    if (inner < 0) return -1;
  }
  return end;
};

const lengthAt = (bytes: Uint8Array, at: number): { readonly content: number; readonly length: number } | undefined => {
  const first = bytes[at];
  if (first === undefined || first === 0x80) return undefined;
  if (first < 0x80) return { content: at + 1, length: first };
  const size = first & 0x7f;
  // Nobody's certificate has more than 16 MB.
  if (size > 3 || at + size >= bytes.length) return undefined;
  const length = bytes.subarray(at + 1, at + 1 + size).reduce((sum, byte) => sum * 256 + byte, 0);
  const isShortest = length >= 0x80 && bytes[at + 1] !== 0;
  return isShortest ? { content: at + 1 + size, length } : undefined;
};
