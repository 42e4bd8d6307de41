import {
  distrib,
  folder,
  gnuLong,
  hardLink,
  headerOf,
  lib64,
  library,
  pax,
  symlink,
  tar,
  tarPieces,
  text,
  vddk,
} from '../../../integration-tests/vddk-archives';
import type { Member } from '../../../integration-tests/vddk-archives';
import { plainEnglish } from '../translate';
import type { ArchiveProblem } from './archive';
import { archiveProblemText, archiveWarningText } from './archive';
import { checkBeginning, judgeArchive } from './judge-archive';

const so = 'libvixDiskLib.so';
const vmwareName = 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz';

async function* cut(bytes: Uint8Array, length = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield await Promise.resolve(bytes.subarray(at, at + length));
}

const judge = (members: readonly Member[], name = vmwareName) =>
  judgeArchive(cut(tar(members)), { name, format: 'gzip' });

/** VDDK 8.0.3 with members in place of those whose path ends like this; none: without them. */
const changed = (ending: string, ...instead: Member[]) =>
  vddk().flatMap((member) => (member.path.endsWith(ending) ? instead : [member]));
const moved = (from: string, to: string) =>
  vddk().map((member) => ({ ...member, path: member.path.replace(from, to) }));
const withLibrary = (content: Uint8Array) => vddk('8.0.3', content);

describe('judgeArchive accepts', () => {
  test('VDDK 8.0.3 as VMware ships it', async () => {
    expect(await judge(vddk())).toEqual({
      ok: true,
      value: {
        version: '8.0.3',
        build: '23950268',
        library: 'libvixDiskLib.so.8',
        files: 2,
        unpackedBytes: 611,
        warnings: [],
      },
    });
  });

  test.each<[string, readonly Member[], string, object]>([
    [
      'a name that tells nothing',
      vddk(),
      'vddk.tar.gz',
      { version: '8.0.3', library: 'libvixDiskLib.so.8', warnings: [] },
    ],
    [
      'a copy that the browser has numbered',
      vddk(),
      'VMware-vix-disklib-8.0.3-23950268.x86_64 (1).tar.gz',
      { build: '23950268' },
    ],
    [
      'a name that is more precise',
      vddk('8.0.2'),
      'VMware-vix-disklib-8.0.2.1-23124249.x86_64.tar.gz',
      { version: '8.0.2.1', build: '23124249', warnings: [] },
    ],
    [
      'a name that is less precise',
      vddk('8.0.0'),
      'VMware-vix-disklib-8.0-20521017.x86_64.tar.gz',
      { version: '8.0.0', build: '20521017', warnings: [] },
    ],
    [
      'the name of another version',
      vddk('7.0.3'),
      vmwareName,
      { version: '7.0.3', warnings: [{ code: 'NameDisagrees', name: '8.0.3', version: '7.0.3' }] },
    ],
    [
      '8.0.30 is not 8.0.3',
      vddk('8.0.30'),
      vmwareName,
      { version: '8.0.30', warnings: [{ code: 'NameDisagrees', name: '8.0.3', version: '8.0.30' }] },
    ],
    [
      'VDDK 7',
      vddk('7.0.3'),
      'VMware-vix-disklib-7.0.3.1-19513565.x86_64.tar.gz',
      { version: '7.0.3.1', library: 'libvixDiskLib.so.7', warnings: [] },
    ],
    ['VDDK 6.5, the oldest', vddk('6.5.0'), 'v.tgz', { version: '6.5.0' }],
    [
      'VDDK 9, with a warning',
      vddk('9.1.0.0'),
      'VMware-vix-disklib-9.1.0.0.25379531.x86_64.tar.gz',
      { version: '9.1.0.0', build: '25379531', library: 'libvixDiskLib.so.9', warnings: [{ code: 'NeedsNewerMtv' }] },
    ],
    [
      'VDDK 9 with the link that older MTV needs',
      [...vddk('9.0.0'), symlink(`${lib64}/${so}.8`, `${so}.9`)],
      'v.tgz',
      { version: '9.0.0', warnings: [] },
    ],
    [
      'paths that begin with ./',
      [folder('./'), ...vddk().map((member) => ({ ...member, path: `./${member.path}` }))],
      vmwareName,
      { version: '8.0.3' },
    ],
    ['no entries for folders', vddk().filter(({ flag }) => flag !== '5'), vmwareName, { version: '8.0.3' }],
    ['links before their file', [...vddk()].reverse(), vmwareName, { version: '8.0.3' }],
    [
      'hard links',
      changed(`${so}.8`, hardLink(`${lib64}/${so}.8`, `${lib64}/${so}.8.0.3`)),
      vmwareName,
      { version: '8.0.3' },
    ],
    [
      'a hard link to a file of another name',
      changed(
        `${so}.8.0.3`,
        { path: `${lib64}/a`, content: library() },
        hardLink(`${lib64}/${so}.8.0.3`, `${lib64}/a`),
      ),
      vmwareName,
      { version: '8.0.3' },
    ],
    [
      'copies instead of links',
      [
        { path: `${lib64}/${so}`, content: library() },
        { path: `${lib64}/${so}.8`, content: library() },
        { path: `${lib64}/${so}.8.0.3`, content: library() },
      ],
      vmwareName,
      { version: '8.0.3', library: 'libvixDiskLib.so.8' },
    ],
    [
      'resource files of macOS beside',
      [
        { path: `._${distrib}` },
        { path: '__MACOSX/x' },
        ...vddk(),
        { path: `${lib64}/._${so}` },
        { path: '.DS_Store' },
      ],
      vmwareName,
      { files: 2 },
    ],
    [
      '32-bit libraries beside',
      [...vddk(), { path: `${distrib}/lib32/${so}.8.0.3`, content: library({ bits: 32 }) }],
      vmwareName,
      { version: '8.0.3' },
    ],
    [
      'links between folders',
      [...vddk(), symlink(`${distrib}/bin64/l`, `../lib64/${so}`), symlink(`${distrib}/all`, '.')],
      vmwareName,
      { version: '8.0.3' },
    ],
    [
      'a long way to the library in pax',
      changed(`${so}.8.0.3`, pax({ path: `${lib64}/${so}.8.0.3` }), { path: 'cut', content: library() }),
      vmwareName,
      { version: '8.0.3' },
    ],
  ])('%s', async (_, members, name, expected) => {
    const verdict = await judge(members, name);
    expect(verdict).toEqual({ ok: true, value: expect.objectContaining(expected) as unknown });
  });
});

const deep = `${distrib}/a/b`;

/** Each refusal there is, with an archive that earns it. */
const refused: readonly [string, readonly Member[], ArchiveProblem][] = [
  ['an archive of nothing but folders of its own', [folder('./')], { code: 'NoLibrary' }],
  ['another product', [folder('photos/'), { path: 'photos/a.jpg', content: text('…') }], { code: 'NoLibrary' }],
  ['no library', [folder(`${distrib}/`), { path: `${distrib}/doc/x`, content: text('x') }], { code: 'NoLibrary' }],
  ['packed from within', moved(`${distrib}/`, ''), { code: 'NoDistribFolder', found: 'doc' }],
  ['another folder on top', moved(distrib, 'vddk-8.0.3'), { code: 'NoDistribFolder', found: 'vddk-8.0.3' }],
  ['a folder around it', moved(distrib, `vddk/${distrib}`), { code: 'NoDistribFolder', found: 'vddk' }],
  [
    'two folders on top',
    [...vddk(), { path: 'more/a' }, { path: 'more/b' }],
    { code: 'SeveralTopFolders', found: 'more' },
  ],
  [
    'only resource files of macOS',
    [{ path: `._${distrib}` }, { path: `__MACOSX/${distrib}/._lib64` }],
    { code: 'OnlyMacFiles' },
  ],
  [
    'a path that climbs',
    [...vddk(), { path: `${distrib}/../../etc/passwd` }],
    { code: 'UnsafePath', path: `${distrib}/../../etc/passwd` },
  ],
  [
    'a path that climbs and comes back',
    [{ path: `x/../${distrib}/y` }],
    { code: 'UnsafePath', path: `x/../${distrib}/y` },
  ],
  ['an absolute path', [{ path: '/etc/passwd' }], { code: 'UnsafePath', path: '/etc/passwd' }],
  ['a path that climbs, said by GNU', [gnuLong('L', '../x'), { path: 'a' }], { code: 'UnsafePath', path: '../x' }],
  ['a path that climbs, said by pax', [pax({ path: '../x' }), { path: 'a' }], { code: 'UnsafePath', path: '../x' }],
  ['a path of macOS that climbs', [{ path: '../._x' }], { code: 'UnsafePath', path: '../._x' }],
  [
    'a file through a link',
    [symlink(`${distrib}/l`, 'doc'), { path: `${distrib}/l/f` }],
    { code: 'UnsafePath', path: `${distrib}/l/f` },
  ],
  [
    'a link over a folder',
    [{ path: `${distrib}/l/f` }, symlink(`${distrib}/l`, 'doc')],
    { code: 'UnsafeLink', path: `${distrib}/l`, target: 'doc' },
  ],
  [
    'an absolute symlink',
    [symlink(`${lib64}/l`, `/opt/${lib64}/x`)],
    { code: 'UnsafeLink', path: `${lib64}/l`, target: `/opt/${lib64}/x` },
  ],
  [
    'a symlink that climbs out',
    [symlink(`${deep}/l`, '../../../etc')],
    { code: 'UnsafeLink', path: `${deep}/l`, target: '../../../etc' },
  ],
  [
    'a symlink that climbs behind a name',
    [symlink(`${deep}/l`, 'c/../d')],
    { code: 'UnsafeLink', path: `${deep}/l`, target: 'c/../d' },
  ],
  [
    'a symlink to the archive itself',
    [symlink(`${distrib}/l`, '..')],
    { code: 'UnsafeLink', path: `${distrib}/l`, target: '..' },
  ],
  [
    'the folder itself a symlink',
    [symlink(distrib, 'elsewhere')],
    { code: 'UnsafeLink', path: distrib, target: 'elsewhere' },
  ],
  [
    'a symlink of macOS that climbs',
    [symlink(`${distrib}/._l`, '../../x')],
    { code: 'UnsafeLink', path: `${distrib}/._l`, target: '../../x' },
  ],
  [
    'an absolute hard link',
    [hardLink(`${distrib}/h`, '/etc/passwd')],
    { code: 'UnsafeLink', path: `${distrib}/h`, target: '/etc/passwd' },
  ],
  [
    'a hard link that climbs',
    [hardLink(`${distrib}/h`, '../x')],
    { code: 'UnsafeLink', path: `${distrib}/h`, target: '../x' },
  ],
  [
    'a hard link to another folder on top',
    [hardLink(`${distrib}/h`, 'x/y')],
    { code: 'UnsafeLink', path: `${distrib}/h`, target: 'x/y' },
  ],
  ['a device', [{ path: `${distrib}/null`, flag: '3' }], { code: 'SpecialFile', path: `${distrib}/null` }],
  [
    'folders in folders without end',
    [{ path: 'cut' }].flatMap((member) => [gnuLong('L', 'd/'.repeat(2000)), member]),
    { code: 'TooManyFiles' },
  ],
  [
    'names of many MiB',
    Array.from({ length: 40 }, (_, index) => [
      gnuLong('L', `${distrib}/${String(index)}${'n'.repeat(60_000)}`),
      { path: 'cut' },
    ]).flat(),
    { code: 'TooManyFiles' },
  ],
  ['only 32-bit libraries', moved('lib64', 'lib32'), { code: 'Only32Bit' }],
  ['a 32-bit library in lib64', withLibrary(library({ bits: 32 })), { code: 'Only32Bit' }],
  ['a library for ARM', withLibrary(library({ machine: 183 })), { code: 'WrongArchitecture', machine: 183 }],
  ['a library for another processor', withLibrary(library({ machine: 8 })), { code: 'WrongArchitecture', machine: 8 }],
  [
    'a library that is text',
    withLibrary(text('version https://git-lfs.github.com/spec/v1\n')),
    { code: 'NotALibrary', path: `${lib64}/${so}.8.0.3` },
  ],
  ['an empty library', withLibrary(new Uint8Array(0)), { code: 'NotALibrary', path: `${lib64}/${so}.8.0.3` }],
  [
    'a library cut off in its header',
    withLibrary(library().subarray(0, 19)),
    { code: 'NotALibrary', path: `${lib64}/${so}.8.0.3` },
  ],
  [
    'a link made a text file by Windows',
    changed('DiskLib.so', { path: `${lib64}/${so}`, content: text(`${so}.8`) }),
    { code: 'NotALibrary', path: `${lib64}/${so}` },
  ],
  ['no link that MTV looks for', changed('DiskLib.so'), { code: 'LinkMissing', path: `${lib64}/${so}` }],
  [
    'no link that is loaded',
    changed('DiskLib.so', symlink(`${lib64}/${so}`, `${so}.8.0.3`)).filter(({ path }) => !path.endsWith('.8')),
    { code: 'LinkMissing', path: `${lib64}/${so}.8` },
  ],
  [
    'a dangling link',
    changed('.8.0.3'),
    { code: 'LinkBroken', path: `${lib64}/${so}`, target: `${lib64}/${so}.8.0.3` },
  ],
  [
    'links in a circle',
    changed('.8.0.3', symlink(`${lib64}/${so}.8.0.3`, so)),
    { code: 'LinkBroken', path: `${lib64}/${so}`, target: `${lib64}/${so}.8.0.3` },
  ],
  [
    'a link that a later one replaces',
    [...vddk(), symlink(`${lib64}/${so}.8.0.3`, 'gone')],
    { code: 'LinkBroken', path: `${lib64}/${so}`, target: `${lib64}/gone` },
  ],
  ['VDDK 6.0', vddk('6.0.3'), { code: 'TooOld', version: '6.0.3' }],
  ['VDDK 5', vddk('5.5.4'), { code: 'TooOld', version: '5.5.4' }],
  [
    'a file of 2 GiB by its header',
    [{ path: `${distrib}/z`, content: new Uint8Array(2 ** 21), repeat: 1024 }],
    { code: 'ExpandsTooFar', limit: 2 ** 30 },
  ],
];

describe('judgeArchive refuses', () => {
  test.each(refused)('%s', async (_, members, problem) => {
    const all = async function* () {
      yield* await Promise.resolve(tarPieces(members));
    };
    expect(await judgeArchive(all(), { name: vmwareName, format: 'gzip' })).toEqual({ ok: false, error: problem });
  });

  test('a cut archive, and one with more files than make sense', async () => {
    const bytes = tar(vddk());
    expect(await judgeArchive(cut(bytes.subarray(0, -1024)), { name: vmwareName, format: 'gzip' })).toEqual({
      ok: false,
      error: { code: 'Damaged' },
    });
    const header = headerOf({ path: 'a' });
    const many = async function* () {
      for (let count = 0; count < 20_001; count += 1) yield await Promise.resolve(header);
    };
    expect(await judgeArchive(many(), { name: vmwareName, format: 'gzip' })).toEqual({
      ok: false,
      error: { code: 'TooManyFiles' },
    });
  });

  test('what is no tar archive, in words that fit how it came', async () => {
    const judgeText = (format: 'gzip' | 'plain') =>
      judgeArchive(cut(text('hello '.repeat(200))), { name: vmwareName, format });
    expect(await judgeText('gzip')).toEqual({ ok: false, error: { code: 'NoTarInside' } });
    expect(await judgeText('plain')).toEqual({ ok: false, error: { code: 'NotAnArchive' } });
  });
});

describe('2 GiB of zeros', () => {
  test.each([
    ['bare', new Uint8Array(0), 'NoTarInside', 2 ** 16],
    ['as a file', headerOf({ path: `${distrib}/z` }, 2 ** 31), 'ExpandsTooFar', 0],
    ['behind the end', tar(vddk()), 'Damaged', 2 ** 20 + 2 ** 16],
  ])('%s, end the inspection as soon as they are recognized', async (_, beginning, code, most) => {
    let pulled = 0;
    const zeros = new Uint8Array(2 ** 16);
    const stream = async function* () {
      yield beginning;
      for (; pulled < 2 ** 31; pulled += zeros.length) yield await Promise.resolve(zeros);
    };
    expect(await judgeArchive(stream(), { name: vmwareName, format: 'gzip' })).toMatchObject({
      ok: false,
      error: { code },
    });
    expect(pulled).toBeLessThanOrEqual(most);
  });
});

test.each([
  ['nothing', 0, '', { ok: false, error: { code: 'Empty' } }],
  ['a zip file', 100, 'PK', { ok: false, error: { code: 'WindowsZip' } }],
  [
    'more than is sensible',
    2 ** 30,
    '\x1f\x8b',
    { ok: false, error: { code: 'FileTooLarge', bytes: 2 ** 30, limit: 2 ** 29 } },
  ],
  ['gzip', 100, '\x1f\x8b', { ok: true, value: 'gzip' }],
  ['something else', 1, 'v', { ok: true, value: 'plain' }],
])('checkBeginning: %s', (_, bytes, head, expected) => {
  expect(checkBeginning(bytes, new Uint8Array(Buffer.from(head, 'latin1')))).toEqual(expected);
});

test('the verdict does not depend on how the stream is cut', async () => {
  const small = refused.filter(([, members]) => members.length < 20 && !members.some(({ repeat }) => repeat));
  const cases = [vddk(), vddk('9.0.0'), ...small.map(([, members]) => members)];
  for (const members of cases) {
    const bytes = tar(members);
    const whole = await judge(members);
    for (const length of [1, 7, 511, 512, 513, 4096]) {
      expect(await judgeArchive(cut(bytes, length), { name: vmwareName, format: 'gzip' })).toEqual(whole);
    }
  }
  // In two, at every offset.
  const bytes = tar(vddk());
  const whole = await judge(vddk());
  for (let at = 1; at < bytes.length; at += 1) {
    const halves = async function* () {
      yield* await Promise.resolve([bytes.subarray(0, at), bytes.subarray(at)]);
    };
    expect(await judgeArchive(halves(), { name: vmwareName, format: 'gzip' })).toEqual(whole);
  }
});

test('every refusal and warning is a sentence of its own, without placeholders left', () => {
  const problems = [
    ...refused.map(([, , problem]) => problem),
    ...(['Empty', 'WindowsZip', 'NotAnArchive', 'Damaged', 'NoTarInside', 'Unreadable', 'Cancelled'] as const).map(
      (code) => ({ code }),
    ),
  ];
  const sentences = new Map<string, string>(
    problems.map((problem) => [problem.code, archiveProblemText(plainEnglish, problem)]),
  );
  sentences.set(
    'FileTooLarge',
    archiveProblemText(plainEnglish, { code: 'FileTooLarge', bytes: 2 ** 30, limit: 2 ** 29 }),
  );
  expect(new Set(sentences.values()).size).toBe(sentences.size);
  for (const sentence of sentences.values()) expect(sentence).not.toMatch(/\{\{|undefined/);
  expect(archiveProblemText(plainEnglish, { code: 'WrongArchitecture', machine: 183 })).toContain('made for ARM');
  expect(archiveProblemText(plainEnglish, { code: 'UnsafePath', path: 'x'.repeat(5000) }).length).toBeLessThan(300);
  expect(archiveWarningText(plainEnglish, { code: 'NameDisagrees', name: '8.0.3', version: '7.0.3' })).toContain(
    'VDDK 8.0.3, but the library is 7.0.3',
  );
  expect(archiveWarningText(plainEnglish, { code: 'NeedsNewerMtv' })).toContain('VDDK 9');
});
