import type { ImageStream } from '../objects';
import { ownLabels } from '../ownership';
import { readImageFacts } from './image-facts';
import { entryOf, imagesOfStream, previousOf } from './image-history';
import { placeOf } from './image-place';

const registry = 'image-registry.openshift-image-registry.svc:5000';
const digestOf = (hex: string) => `sha256:${hex.repeat(32)}`;
const imageOf = (hex: string) => `${registry}/mtv/migration-prep-vddk@${digestOf(hex)}`;
const item = (hex: string, created: string) => ({
  image: digestOf(hex),
  dockerImageReference: imageOf(hex),
  created,
});
const stream: ImageStream = {
  metadata: { name: 'migration-prep-vddk', namespace: 'mtv', labels: ownLabels },
  status: {
    tags: [
      { tag: '8.0.2', items: [item('a1', '2026-05-01T00:00:00Z')] },
      { tag: '8.0.3', items: [item('c3', '2026-07-01T00:00:00Z'), item('b2', '2026-06-01T00:00:00Z')] },
      { tag: 'again', items: [item('c3', '2026-08-01T00:00:00Z')] },
      { tag: 'none', items: null },
    ],
  },
};

test.each([
  [`${registry}/p/s`, { project: 'p', stream: 's', tag: undefined, digest: undefined }],
  [`${registry}/p/s:8.0`, { project: 'p', stream: 's', tag: '8.0', digest: undefined }],
  [`${registry}/p/s@${digestOf('a1')}`, { project: 'p', stream: 's', tag: undefined, digest: digestOf('a1') }],
  ['image-registry.openshift-image-registry.svc/p/s:t', { project: 'p', stream: 's', tag: 't', digest: undefined }],
  ['registry.example.com/p/s:8.0', undefined],
  [`${registry}/p/s/deeper`, undefined],
])('%s is in the ImageStream %j', (image, expected) => {
  expect(placeOf(image)).toEqual(expected);
});

test('the images of a stream come newest first, whatever their tag, each once', () => {
  expect(imagesOfStream(stream).map(({ tag, digest }) => [tag, digest])).toEqual([
    ['again', digestOf('c3')],
    ['8.0.3', digestOf('b2')],
    ['8.0.2', digestOf('a1')],
  ]);
});

test.each([
  [imageOf('c3'), imageOf('b2')],
  [imageOf('b2'), imageOf('a1')],
  [imageOf('a1'), undefined],
  [`${registry}/mtv/migration-prep-vddk:8.0.3`, imageOf('a1').replace('a1'.repeat(32), 'b2'.repeat(32))],
  [imageOf('ff'), undefined],
  ['registry.example.com/vddk:8', undefined],
])('before %s the stream had %s', (image, expected) => {
  expect(previousOf(stream, image)?.image).toBe(expected);
});

test('an entry that a stream does not have is none', () => {
  expect(entryOf(undefined, imageOf('a1'))).toBeUndefined();
  expect(entryOf(stream, `${registry}/mtv/migration-prep-vddk`)).toBeUndefined();
});

const tagged = (digest: string, labels: unknown) => ({
  metadata: { name: 'x:y' },
  image: { metadata: { name: digest }, dockerImageMetadata: { Config: { Labels: labels } } },
});

test('of our own image everything is known', () => {
  const labels = { 'io.migration-prep.vddk.version': '8.0.3', 'io.migration-prep.vddk.archive': 'vddk.tar.gz' };
  expect(readImageFacts(imageOf('b2'), { stream, tagged: tagged(digestOf('b2'), labels), mtv: 'mtv' })).toMatchObject({
    digest: digestOf('b2'),
    maker: 'ours',
    version: '8.0.3',
    archive: 'vddk.tar.gz',
    builtAt: '2026-06-01T00:00:00Z',
  });
});

test('what the newest image of a tag says of itself is not taken for what an older one says', () => {
  const labels = { 'io.migration-prep.vddk.version': '9.0.0' };
  expect(readImageFacts(imageOf('b2'), { stream, tagged: tagged(digestOf('c3'), labels), mtv: 'mtv' }).version).toBe(
    '8.0.3',
  );
});

test.each([
  ['of MTV by its name, also where the stream cannot be seen', `${registry}/mtv/vddk:latest`, undefined, 'mtv'],
  ['of others in another project of that name', `${registry}/other/vddk:latest`, stream, 'others'],
  ['not known where the stream cannot be seen', imageOf('a1'), undefined, undefined],
  [
    "of others where somebody else's stream has our name",
    imageOf('a1'),
    { ...stream, metadata: { name: 'migration-prep-vddk' } },
    'others',
  ],
  ['not known in another registry', 'registry.example.com/mtv/vddk:1', stream, undefined],
])('an image is %s', (_, image, seen, maker) => {
  expect(readImageFacts(image, { stream: seen, tagged: undefined, mtv: 'mtv' }).maker).toBe(maker);
});

test('of an image elsewhere its digest is known, and no more', () => {
  const facts = readImageFacts(`registry.example.com/v:1@${digestOf('a1')}`, {
    stream: undefined,
    tagged: undefined,
    mtv: 'mtv',
  });
  expect(facts).toEqual({ digest: digestOf('a1') });
});
