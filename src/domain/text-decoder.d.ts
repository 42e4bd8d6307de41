/** Every host has it, and no library of ECMAScript says so: https://encoding.spec.whatwg.org/#interface-textdecoder. */
declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly ignoreBOM: true });
  decode(bytes: Uint8Array): string;
}

/** Likewise: https://encoding.spec.whatwg.org/#interface-textencoder. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
