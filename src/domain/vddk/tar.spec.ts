import {
  folder,
  gnuLong,
  hardLink,
  headerOf,
  pax,
  sealed,
  symlink,
  tar,
  text,
} from '../../../integration-tests/vddk-archives';
import type { Member } from '../../../integration-tests/vddk-archives';
import { readTar } from './tar';

/** Bytes in pieces of a length. */
async function* cut(bytes: Uint8Array, length = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield await Promise.resolve(bytes.subarray(at, at + length));
}

const read = async (bytes: Uint8Array, length?: number) => {
  const entries = [];
  for await (const result of readTar(cut(bytes, length))) {
    if (!result.ok) return { entries, problem: result.error };
    const { head, ...entry } = result.value;
    entries.push({ ...entry, head: Buffer.from(head).toString('latin1') });
  }
  return { entries };
};

/** A header with a field overwritten and its checksum set right again. */
const headerWith = (at: number, bytes: string, member = { path: 'a' }) => {
  const header = Buffer.from(headerOf(member));
  header.write(bytes, at, 'latin1');
  return sealed(header);
};

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const end = new Uint8Array(1024);
const long = `${'d'.repeat(90)}/${'n'.repeat(90)}`;

describe('readTar', () => {
  test('tells files, folders and links with their first bytes', async () => {
    const content = text('x'.repeat(1000));
    const archive = tar([
      folder('d/'),
      { path: 'd/f', content },
      symlink('d/s', 'f'),
      hardLink('d/h', 'd/f'),
      { path: 'empty' },
    ]);
    expect(await read(archive)).toEqual({
      entries: [
        { path: 'd/', type: 'folder', size: 0, target: '', head: '' },
        { path: 'd/f', type: 'file', size: 1000, target: '', head: 'x'.repeat(64) },
        { path: 'd/s', type: 'symlink', size: 0, target: 'f', head: '' },
        { path: 'd/h', type: 'hardlink', size: 0, target: 'd/f', head: '' },
        { path: 'empty', type: 'file', size: 0, target: '', head: '' },
      ],
    });
  });

  test.each([
    ['a long name of GNU', [gnuLong('L', long), { path: 'cut', content: text('abc') }], { path: long, head: 'abc' }],
    ['a long target of GNU', [gnuLong('K', long), symlink('s', 'cut')], { path: 's', target: long }],
    ['both', [gnuLong('K', 'to'), gnuLong('L', 'from'), symlink('s', 'cut')], { path: 'from', target: 'to' }],
    [
      'a path of pax, in any script',
      [pax({ path: 'Größe/日本/😀', mtime: '1.5' }), { path: 'cut' }],
      { path: 'Größe/日本/😀' },
    ],
    ['a path that begins with a byte order mark', [pax({ path: '\uFEFFa' }), { path: 'cut' }], { path: '\uFEFFa' }],
    ['a link target of pax', [pax({ linkpath: long }), symlink('s', 'cut')], { target: long }],
    ['a path for all that follow', [pax({ path: 'global' }, 'g'), { path: 'cut' }], { path: 'global' }],
    ['the nearer of two', [pax({ path: 'global' }, 'g'), pax({ path: 'local' }), { path: 'cut' }], { path: 'local' }],
  ])('%s', async (_, members, expected) => {
    const { entries, problem } = await read(tar(members));
    expect(problem).toBeUndefined();
    expect(entries).toEqual([expect.objectContaining(expected)]);
  });

  test('a name of GNU or pax is for one entry only', async () => {
    const { entries } = await read(
      tar([gnuLong('L', long), { path: 'a' }, { path: 'b' }, pax({ path: long }), { path: 'c' }, { path: 'd' }]),
    );
    expect(entries.map(({ path }) => path)).toEqual([long, 'b', long, 'd']);
  });

  test('a size of pax counts, where the header has no room for it', async () => {
    const content = text('y'.repeat(700));
    const lying = join(
      tar([pax({ size: '700' })]).subarray(0, 1024),
      headerOf({ path: 'big' }, 0),
      content,
      new Uint8Array(324),
      tar([{ path: 'next' }]),
    );
    const { entries } = await read(lying);
    expect(entries.map(({ path, size }) => [path, size])).toEqual([
      ['big', 700],
      ['next', 0],
    ]);
  });

  test.each([
    ['the prefix of POSIX', headerWith(345, 'deep/er'), { path: 'deep/er/a' }],
    [
      'no prefix in the older format of GNU',
      headerWith(345, 'deep', { path: 'a', gnu: true } as { path: string }),
      { path: 'a' },
    ],
    ['a name of 100 bytes without an end', headerOf({ path: 'p'.repeat(100) }), { path: 'p'.repeat(100) }],
    ['bytes that are not UTF-8', headerWith(0, 'gr\xfc\xdfe'), { path: 'gr\uFFFD\uFFFDe' }],
    ['a size between spaces', headerWith(124, '          0 '), { size: 0 }],
    ['a folder of old: a file with a slash', headerWith(0, 'old/'), { path: 'old/', type: 'folder' }],
    ['a flag of old: NUL', headerWith(156, '\0'), { type: 'file' }],
    ['a device', headerWith(156, '3'), { type: 'other' }],
    ['a named pipe', headerWith(156, '6'), { type: 'other' }],
    ['a sparse file of GNU', headerWith(156, 'S'), { type: 'other' }],
    [
      'a hard link with content, about which tools disagree',
      headerOf({ path: 'h', flag: '1' }, 512),
      { type: 'other' },
    ],
    ['a size in binary', headerWith(124, `\x80${'\0'.repeat(6)}\x02${'\0'.repeat(4)}`), { size: 2 ** 33 }],
  ])('%s', async (_, header, expected) => {
    const { entries } = await read(join(header, end));
    expect(entries).toEqual([expect.objectContaining(expected)]);
  });

  test('a sparse file in pax is none that can be judged by its beginning', async () => {
    const { entries } = await read(tar([pax({ 'GNU.sparse.major': '1' }), { path: 's', content: text('map') }]));
    expect(entries).toEqual([expect.objectContaining({ type: 'other' })]);
  });

  const good = tar([{ path: 'a', content: text('abc') }, { path: 'b' }]);
  const broken = (at: number) => {
    const copy = new Uint8Array(good);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  test.each([
    ['nothing', new Uint8Array(0), 'NoTar'],
    ['less than a block', good.subarray(0, 300), 'NoTar'],
    ['text', text('This is no archive. '.repeat(100)), 'NoTar'],
    ['zeros', new Uint8Array(10_240), 'NoTar'],
    ['a first header that was changed', broken(0), 'NoTar'],
    ['a later header that was changed', broken(1024), 'Damaged'],
    ['a cut in a header', good.subarray(0, 1200), 'Damaged'],
    ['a cut in content', good.subarray(0, 514), 'Damaged'],
    ['a cut in padding', good.subarray(0, 700), 'Damaged'],
    ['a cut between entries', good.subarray(0, 1024), 'Damaged'],
    ['a cut before the end', good.subarray(0, 1536), 'Damaged'],
    ['a size that is no number', headerWith(124, '9'), 'NoTar'],
    ['a negative size', headerWith(124, '\xff\xff'), 'NoTar'],
    ['a size beyond counting', headerWith(124, '\x80\x7f'), 'NoTar'],
    ['pax: cut', join(headerOf(pax({ path: 'p' })), text('12 path=p\n')), 'Damaged'],
    ['pax: a record longer than the header', tar([{ path: 'p', flag: 'x', content: text('99 path=p\n') }]), 'Damaged'],
    ['pax: no length', tar([{ path: 'p', flag: 'x', content: text('path=p\n') }]), 'Damaged'],
    ['pax: length 0', tar([{ path: 'p', flag: 'x', content: text('0 path=p\n') }]), 'Damaged'],
    ['pax: no key', tar([{ path: 'p', flag: 'x', content: text('7 pat.\n') }]), 'Damaged'],
    ['pax: a size that is no number', tar([pax({ size: '-1' }), { path: 'a' }]), 'Damaged'],
    [
      'names without end',
      tar([{ path: 'p', flag: 'L', content: new Uint8Array(2 ** 16 + 1) }, { path: 'a' }]),
      'Damaged',
    ],
    ['metadata without end', tar(Array<Member>(600).fill(pax({ comment: 'c'.repeat(65_000) }, 'g'))), 'Damaged'],
    ['much behind the end', join(good, new Uint8Array(2 ** 20)), 'Damaged'],
  ])('%s is refused', async (_, bytes, problem) => {
    expect((await read(bytes)).problem).toBe(problem);
  });

  test('padding of a tape behind the end is none of our business', async () => {
    expect(await read(join(good, new Uint8Array(10_240)))).not.toHaveProperty('problem');
  });

  test('what is read does not depend on how the stream is cut', async () => {
    const archive = tar([
      gnuLong('L', long),
      { path: 'cut', content: text('z'.repeat(600)) },
      pax({ path: 'ü' }),
      symlink('s', 't'),
    ]);
    const whole = await read(archive);
    expect(whole.entries).toHaveLength(2);
    for (let length = 1; length < archive.length; length += length < 600 ? 1 : 97) {
      expect(await read(archive, length)).toEqual(whole);
    }
  });
});
