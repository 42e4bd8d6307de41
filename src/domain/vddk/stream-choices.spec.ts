import { streamChoices } from './stream-choices';

const stream = (namespace: string, name: string, ...tags: readonly string[]) => ({
  metadata: { name, namespace },
  status: {
    tags: tags.map((tag) => ({
      tag,
      items: [{ image: `sha256:${tag}`, dockerImageReference: `registry/${namespace}/${name}@sha256:${tag}` }],
    })),
  },
});

test('tags are offered by digest, those that speak of VDDK first, and none of OpenShift', () => {
  const choices = streamChoices([
    stream('openshift', 'cli', 'latest'),
    stream('mtv', 'app', '1'),
    stream('mtv', 'migration-prep-vddk', '8.0.2', '8.0.3'),
    stream('images', 'VDDK', '7'),
    { metadata: { name: 'vddk-empty', namespace: 'mtv' }, status: { tags: [{ tag: 'x', items: null }] } },
    { metadata: { name: 'vddk-new', namespace: 'mtv' } },
  ]);
  expect(choices.map(({ text, value }) => [text, value])).toEqual([
    ['images/VDDK:7', 'registry/images/VDDK@sha256:7'],
    ['mtv/migration-prep-vddk:8.0.2', 'registry/mtv/migration-prep-vddk@sha256:8.0.2'],
    ['mtv/migration-prep-vddk:8.0.3', 'registry/mtv/migration-prep-vddk@sha256:8.0.3'],
    ['mtv/app:1', 'registry/mtv/app@sha256:1'],
  ]);
});
