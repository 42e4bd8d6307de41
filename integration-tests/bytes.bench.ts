import { measureOpenings } from './loaded-bytes';
import { test } from './test';

test.use({ scenario: 'prepared' });

test('bytes of our JavaScript, compressed, that each opening loads from a console with the recorded modules', async ({
  page,
  signIn,
}) => {
  const measured = await measureOpenings(page, signIn);
  console.table(measured.map(({ what, bytes, budget, files }) => ({ what, bytes, budget, files: files.length })));
});
