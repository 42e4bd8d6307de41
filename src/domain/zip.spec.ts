import { unzip } from '../../integration-tests/zip';
import { zipOf } from './zip';

test('another reader finds every file as it was', () => {
  const files = [
    { path: 'a/values.yaml', content: 'a: 1\n' },
    { path: 'a/empty', content: '' },
    { path: 'a/ü.md', content: '# ü 😀\n'.repeat(500) },
  ];
  const read = unzip(Buffer.from(zipOf(files)));
  expect([...read].map(([path, content]) => ({ path, content: content.toString() }))).toEqual(files);
});

test('carries the checksum of each file (CRC-32 of "123456789" is cbf43926)', () => {
  expect(Buffer.from(zipOf([{ path: 'x', content: '123456789' }])).readUInt32LE(14)).toBe(0xcbf43926);
});
