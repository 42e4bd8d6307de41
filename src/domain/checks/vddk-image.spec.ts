import type { ForkliftController, Provider } from '../objects';
import { plainEnglish } from '../translate';
import { withoutVddkAnnotation } from '../vddk/without';
import { vddkImage } from './vddk-image';

const digest = `sha256:${'ab'.repeat(32)}`;
const global = `registry.example.com/mtv/vddk@${digest}`;
const own = `registry.example.com/own/vddk@${digest}`;
const idle = [
  { type: 'Running', status: 'True', reason: 'Successful' },
  { type: 'Successful', status: 'True' },
];
const busy = [{ type: 'Running', status: 'True', reason: 'Running' }];

const provider = (name: string, vddkInitImage?: string, isWithout = false): Provider => ({
  metadata: { name, namespace: 'openshift-mtv', ...(isWithout && { annotations: { [withoutVddkAnnotation]: 'yes' } }) },
  spec: {
    type: 'vsphere',
    settings: { sdkEndpoint: 'vcenter', ...(vddkInitImage !== undefined && { vddkInitImage }) },
  },
});
const host: Provider = { metadata: { name: 'host', namespace: 'openshift-mtv' }, spec: { type: 'openshift' } };

const judge = (image: string | undefined, providers: readonly Provider[], conditions = idle) => {
  const controller: ForkliftController = {
    metadata: { name: 'forklift-controller', namespace: 'openshift-mtv' },
    spec: image === undefined ? {} : { vddk_image: image },
    status: { conditions },
  };
  const { state, reason, text } = vddkImage.judge({
    forkliftControllers: { state: 'loaded', items: [controller] },
    providers: { state: 'loaded', items: [host, ...providers] },
  });
  return { verdict: `${state} ${reason}`, text: text(plainEnglish) };
};

test.each<[string, string | undefined, readonly Provider[], string, RegExp]>([
  ['nothing', undefined, [], 'blocked ImageNotSet', /No VDDK image/],
  ['nothing, with a provider', undefined, [provider('a')], 'blocked ImageNotSet', /No VDDK image/],
  ['global only', global, [provider('a')], 'ready ImageSet', /image set/],
  [
    'global only, by a tag',
    'registry.example.com/mtv/vddk:8.0.3',
    [provider('a')],
    'warning ImageNotPinned',
    /by a tag that may change/,
  ],
  ['global, no provider yet', global, [], 'ready ImageSet', /image set/],
  ['own only', undefined, [provider('a', own)], 'ready OwnImage', /at these providers: a$/],
  [
    'own only, by a tag',
    undefined,
    [provider('a', 'registry.example.com/mtv/vddk:6.0-broken')],
    'warning OwnImageNotPinned',
    /tag that may change: a$/,
  ],
  ['both the same', global, [provider('a', global)], 'ready ImageSet', /image set/],
  ['both different', global, [provider('a', own)], 'ready OtherImage', /a VDDK image other than MTV's: a$/],
  [
    'both different, own by a tag',
    global,
    [provider('a', 'registry.example.com/mtv/vddk:6.0-broken')],
    'warning OtherImageNotPinned',
    /a VDDK image other than MTV's, by a tag.*: a$/,
  ],
  ['own empty counts as none', global, [provider('a', '')], 'ready ImageSet', /image set/],
  ['own empty and no global', undefined, [provider('a', '')], 'blocked ImageNotSet', /No VDDK/],
  [
    'own is no image',
    global,
    [provider('a', 'https://registry.example.com/vddk')],
    'blocked OwnImageBroken',
    /is not a valid image name: a/,
  ],
  ['own is blank', global, [provider('a', '  ')], 'blocked OwnImageBroken', /is not a valid image name: a/],
  [
    'global is no image',
    'registry.example.com/my vddk',
    [provider('a')],
    'blocked ImageBroken',
    /not a valid image name: registry.example.com.my vddk/,
  ],
  [
    'global is no image, and nobody uses it',
    'registry.example.com/my vddk',
    [provider('a', own)],
    'ready OtherImage',
    /: a$/,
  ],
  [
    'several: one lacks it',
    undefined,
    [provider('a', own), provider('b')],
    'blocked ImageMissing',
    /without a VDDK image: b/,
  ],
  [
    'several: one has another',
    global,
    [provider('a'), provider('b', own), provider('c', 'q.example.com/v:1')],
    'warning OtherImageNotPinned',
    /: c$/,
  ],
  [
    'several: one goes without',
    undefined,
    [provider('a', own), provider('b', undefined, true)],
    'ready OwnImage',
    /: a$/,
  ],
  [
    'all go without',
    undefined,
    [provider('a', '', true), provider('b', undefined, true)],
    'ready WithoutVddk',
    /by choice/,
  ],
  ['the mark, and an image all the same', global, [provider('a', undefined, true)], 'ready ImageSet', /image set/],
])('case 4: %s', (_, image, providers, verdict, text) => {
  const judged = judge(image, providers);
  expect(judged.verdict).toBe(verdict);
  expect(judged.text).toMatch(text);
  expect(judged.text).not.toMatch(/\{\{|undefined/);
});

test('case 4: a roll-out concerns only who uses what is rolled out', () => {
  expect(judge(global, [provider('a')], busy).verdict).toBe('waiting RollingOut');
  expect(judge(global, [provider('a', own)], busy).verdict).toBe('ready OtherImage');
});
