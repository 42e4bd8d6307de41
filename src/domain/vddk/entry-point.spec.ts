import { readEntryPoint } from './entry-point';

const folder = '/vmware-vix-disklib-distrib';

test.each<[string, readonly string[]]>([
  ["ours and that of MTV's own uploader", ['cp', '-r', folder, '/opt']],
  ['a shell', ['/bin/sh', '-c', `cp -r ${folder} /opt`]],
  [
    'a shell whose script is the command',
    ['/bin/bash', '-ec', `set -e; mkdir -p /opt && exec cp -rv "${folder}" /opt/`],
  ],
  ['busybox', ['busybox', 'cp', '-a', `${folder}/`, '/opt/']],
  ['the folder named twice', ['/usr/bin/cp', '--recursive', folder, `/opt${folder}`]],
  ['what is in the folder, into one of its name', ['cp', '-R', `${folder}/.`, `/opt${folder}`]],
  ['a target before the source', ['cp', '-r', '-t', '/opt', folder]],
  ['a target by its long name', ['cp', '-a', '--target-directory=/opt', folder]],
  ['rsync', ['rsync', '-a', folder, '/opt']],
  ['a folder kept elsewhere', ['cp', '-r', `/vddk${folder}`, '/opt']],
])('case 12: %s copies', (_, words) => {
  expect(readEntryPoint(words)).toEqual({ does: 'copies' });
});

test.each<[string, readonly string[]]>([
  ['another target', ['cp', '-r', folder, '/tmp']],
  ['a folder below', ['cp', '-r', folder, '/opt/vddk']],
  ['without what is in it', ['cp', folder, '/opt']],
  ['only what is in it', ['sh', '-c', `cp -r ${folder}/* /opt`]],
  ['only what is in it, by a dot', ['cp', '-r', `${folder}/.`, '/opt']],
  ['only what is in it, by rsync', ['rsync', '-a', `${folder}/`, '/opt']],
  ['the library alone', ['cp', '-r', `${folder}/lib64`, '/opt']],
  ['a listing', ['ls', '-R', folder]],
])('case 12: %s leaves the folder out of /opt', (_, words) => {
  expect(readEntryPoint(words)).toEqual({ does: 'elsewhere', command: words.join(' ') });
});

test.each<[string, readonly string[]]>([
  ['nginx', ['nginx', '-g', 'daemon off;']],
  ["UBI's", ['container-entrypoint', '/usr/libexec/s2i/usage']],
  ['a script', ['/copy.sh']],
  ['a script that a shell runs', ['/bin/sh', '/copy.sh']],
  ['a copy of something else', ['cp', '-r', '/licenses', '/opt']],
])('case 12: %s cannot be seen to copy', (_, words) => {
  expect(readEntryPoint(words)).toEqual({ does: 'other', command: words.join(' ') });
});

test.each<[string, readonly string[]]>([
  ['nothing', []],
  ['a bare shell', ['/bin/bash']],
  ['a shell without a script', ['/bin/sh', '-c']],
  ['a login shell', ['bash', '-l']],
])('case 12: %s copies nothing', (_, words) => {
  expect(readEntryPoint(words)).toEqual({ does: 'nothing' });
});
