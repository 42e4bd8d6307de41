import { textOfUtf8 } from './utf8';

test.each(['', 'plain', 'Größe', '日本', '😀 and more', '\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}'])(
  '"%s" is read back',
  (text) => {
    expect(textOfUtf8(new Uint8Array(Buffer.from(text)))).toBe(text);
  },
);

test.each([
  ['a follower alone', [0x80], '\uFFFD'],
  ['a beginning alone', [0xe6, 0x97], '\uFFFD\uFFFD'],
  ['a beginning before something else', [0xc3, 0x41], '\uFFFDA'],
  ['bytes that never occur', [0xc0, 0xff], '\uFFFD\uFFFD'],
  ['beyond the last character', [0xf4, 0x90, 0x80, 0x80], '\uFFFD\uFFFD\uFFFD\uFFFD'],
])('%s is no text', (_, bytes, expected) => {
  expect(textOfUtf8(new Uint8Array(bytes))).toBe(expected);
});
