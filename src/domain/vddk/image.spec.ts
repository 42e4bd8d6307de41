import { plainEnglish } from '../translate';
import { checkImage, isPinned } from './image';
import { imageProblemText } from './image-problem-text';

const digest = `sha256:${'0a'.repeat(32)}`;

test.each([
  ['registry.example.com/migration/vddk:8.0.3', undefined],
  [' registry.example.com/vddk ', undefined],
  ['registry.example.com:5000/a/b/c_d:v1', undefined],
  [`image-registry.openshift-image-registry.svc:5000/openshift-mtv/vddk@${digest}`, undefined],
  [`quay.io/x/vddk:1@${digest}`, undefined],
  ['localhost/vddk', undefined],
  ['', 'ImageEmpty'],
  ['  ', 'ImageEmpty'],
  ['https://registry.example.com/vddk', 'ImageScheme'],
  ['registry.example.com/my vddk', 'ImageSpaces'],
  ['vddk:latest', 'ImageNoRegistry'],
  ['migration/vddk', 'ImageNoRegistry'],
  ['registry.example.com/Vddk', 'ImageSyntax'],
  ['registry.example.com/', 'ImageSyntax'],
  ['registry.example.com/vddk@sha256:short', 'ImageSyntax'],
  ['registry.example.com/vddk:', 'ImageSyntax'],
])('%p: %p', (image, expected) => {
  const problem = checkImage(image);
  expect(problem).toBe(expected);
  if (problem) expect(imageProblemText(plainEnglish, problem)).not.toBe('');
});

test.each([
  [`quay.io/vddk@${digest}`, true],
  ['quay.io/vddk:8.0.3', false],
])('%s is pinned: %p', (image, expected) => {
  expect(isPinned(image)).toBe(expected);
});
