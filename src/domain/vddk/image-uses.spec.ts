import type { Provider } from '../objects';
import { ownLabels } from '../ownership';
import { setByUs, usesOf } from './image-uses';

const provider = (name: string, vddkInitImage?: string, metadata: Partial<Provider['metadata']> = {}): Provider => ({
  metadata: { name, namespace: 'mtv', ...metadata },
  spec: { type: 'vsphere', settings: vddkInitImage === undefined ? {} : { vddkInitImage } },
});
const controller = (vddk_image?: string) => ({
  metadata: { name: 'forklift-controller' },
  spec: vddk_image === undefined ? {} : { vddk_image },
});
const noted = { annotations: { 'migration-prep/undo': '{"set":"r/a","before":null}' } };

test("images in use: MTV's first, then each that a provider names, with those who name it", () => {
  const uses = usesOf(controller('r/a'), [provider('one', 'r/b'), provider('two', 'r/a'), provider('three')]);
  expect(
    uses.map(({ image, isOfMtv, providers }) => [image, isOfMtv, providers.map((each) => each.metadata.name)]),
  ).toEqual([
    ['r/a', true, ['two']],
    ['r/b', false, ['one']],
  ]);
  expect(usesOf(controller(), [provider('one', '')])).toEqual([]);
  expect(
    usesOf(
      undefined,
      [provider('host', 'r/a')].map((each) => ({ ...each, spec: { type: 'openshift' } })),
    ),
  ).toEqual([]);
});

test('the image changes at providers of ours and where we set it, and not where others did', () => {
  const providers = [
    provider('ours', 'r/a', { labels: ownLabels }),
    provider('asked', 'r/a', noted),
    provider('theirs', 'r/a'),
    provider('changed', 'r/b', noted),
  ];
  const uses = usesOf(controller('r/a'), providers);
  expect(uses.map((use) => setByUs(use).map(({ name }) => name))).toEqual([['ours', 'asked'], []]);
});
