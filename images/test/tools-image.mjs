import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { unpack } from './buildah.mjs';
import { runImage } from './plugin-server.mjs';

describe('the image of the tools, read-only and as a user of group 0', () => {
  let image;
  before(() => {
    image = unpack('localhost/migration-prep/tools:0.1.0');
  });

  for (const [does, args, code, says] of [
    ['explains itself unless told what to do', undefined, 0, /enable-plugin/],
    ['explains a command', ['ensure', '--help'], 0, /--wishes/],
    ['refuses what it does not know', ['no-such-command'], 2, /no-such-command/],
    ['says that it finds no cluster', ['report', '--deadline', '0'], 2, /No cluster is known/],
  ]) {
    test(does, async () => {
      const run = runImage(image, { args });
      assert.equal(await run.ended, code, run.errors());
      assert.match(run.output() + run.errors(), says);
      assert.doesNotMatch(run.errors(), /\n {4}at /, 'a stack is no message');
    });
  }
});
