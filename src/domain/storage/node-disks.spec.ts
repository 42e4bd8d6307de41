import type { LocalVolumeDiscoveryResult } from '../platform-objects';
import { plainEnglish } from '../translate';
import { checkPaths, disksOf, pathsOf, pathsProblemText, readPaths, unstablePaths } from './node-disks';

const result = (nodeName: string, ...discoveredDevices: object[]): LocalVolumeDiscoveryResult => ({
  metadata: { name: `discovery-result-${nodeName}` },
  spec: { nodeName },
  status: { discoveredDevices },
});
const free = { status: { state: 'Available' }, type: 'disk', fstype: '' };

test('a disk is free if its node says so and nothing is on it', () => {
  const disks = disksOf([
    result(
      'b',
      { deviceID: '/dev/disk/by-id/x', path: '/dev/sdb', vendor: 'ACME  ', model: ' SSD', size: 5, ...free },
      { deviceID: '', path: '/dev/sdc', ...free, fstype: 'xfs' },
      { deviceID: '', path: '/dev/sdd1', ...free, type: 'part' },
      { deviceID: '', path: '/dev/sde', ...free, status: { state: 'NotAvailable' } },
      { path: '/dev/sdf' },
    ),
    result('a', { deviceID: '/dev/disk/by-id/x', path: '/dev/vdb', ...free }),
    { metadata: { name: 'new' }, status: { discoveredDevices: null } },
  ]);
  expect(disks.map(({ node, path, isFree }) => `${node} ${path} ${String(isFree)}`)).toEqual([
    'a /dev/disk/by-id/x true',
    'b /dev/disk/by-id/x true',
    'b /dev/sdc false',
    'b /dev/sdd1 false',
    'b /dev/sde false',
    'b /dev/sdf false',
  ]);
  expect(disks[1]).toEqual({
    node: 'b',
    path: '/dev/disk/by-id/x',
    device: '/dev/sdb',
    model: 'ACME SSD',
    size: 5,
    isFree: true,
  });
  // What every node has is required on every node, and only that.
  expect(pathsOf(['/dev/disk/by-id/x', '/dev/sdc'], disks)).toEqual({
    paths: ['/dev/disk/by-id/x'],
    optionalPaths: ['/dev/sdc'],
  });
});

test.each([
  ['', 'NoPaths'],
  ['/dev/disk/by-id/wwn-0x5000c500a0b1c2d3', undefined],
  ['/dev/disk/by-path/pci-0000:00:1f.2-ata-1.0', undefined],
  ['/dev/sdb, /dev/sdc\n/dev/sdd', undefined],
  ['sdb', 'NotADevice'],
  ['/dev/', 'NotADevice'],
  ['/dev/../etc/passwd', 'NotADevice'],
  ['/etc/passwd', 'NotADevice'],
  ['/dev/sdb /dev/sdb', 'Twice'],
])('paths %j: %s', (text, code) => {
  const problem = checkPaths(readPaths(text));
  expect(problem?.code).toBe(code);
  if (problem) expect(pathsProblemText(plainEnglish, problem)).toMatch(/\.$/);
});

test('paths by the order in which a node finds its disks are not stable', () => {
  expect(
    unstablePaths(['/dev/sdb', '/dev/vda', '/dev/nvme0n1', '/dev/disk/by-id/sdb', '/dev/mapper/mpatha', '/dev/sda1']),
  ).toEqual(['/dev/sdb', '/dev/vda', '/dev/nvme0n1']);
});
