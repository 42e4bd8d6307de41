import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './test';

const folder = join(import.meta.dirname, '../src/domain/checks');

/** Everything that a check can say, with a name in it as long as names may be. */
const sentences = readdirSync(folder)
  .filter((file) => !file.endsWith('.spec.ts'))
  .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/\bt\((["'])(.+?)\1[,)]/g)])
  .map(([, , text = '']) => text.replaceAll(/\{\{\w+\}\}/g, 'n'.repeat(63)));
/** Every state in words, as the popup names it. */
const states = ['Ready', 'Ready with a warning', 'To do', 'In progress', 'Checking', 'Unknown'];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 400]) {
    test(`${colorScheme}, ${String(width)} px wide: whatever a check says stays inside the popup`, async ({
      page,
      signIn,
      cluster,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await cluster.send('POST', '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/providers', {
        apiVersion: 'forklift.konveyor.io/v1beta1',
        kind: 'Provider',
        metadata: { name: 'vcenter-production-frankfurt-of-the-whole-of-the-north-of-europe' },
        spec: {
          type: 'vsphere',
          url: 'https://vcenter.example.com/sdk',
          secret: { name: 'none', namespace: 'openshift-mtv' },
        },
      });
      await signIn('kubeadmin', '/dashboards');
      await page.getByRole('button', { name: 'Migration readiness' }).click();
      const popup = page.getByRole('dialog', { name: 'Migration readiness' });
      await expect(popup.getByText(/vcenter-production-frankfurt/)).toBeVisible();
      // It is placed by the size that it has when it opens: what comes later must not push it out of the window.
      await expect(popup).toBeInViewport({ ratio: 1 });
      await page.screenshot({
        path: join(import.meta.dirname, `../.build/pictures/popup-${colorScheme}-${String(width)}.png`),
      });
      expect(sentences.length).toBeGreaterThan(20);
      // Laid out by the browser, one after the other, in the places of the three that are shown.
      const outside = await popup.evaluate(
        (dialog, { sentences, states }) => {
          const lines = [...dialog.querySelectorAll('p')];
          const values = [...dialog.querySelectorAll('.co-status-popup__status > .pf-v6-u-text-color-subtle')];
          if (lines.length !== 3 || values.length !== 3) return ['not the popup'];
          return sentences.filter((sentence, at) => {
            for (const line of lines) line.textContent = sentence;
            for (const value of values) value.textContent = states[at % states.length] ?? '';
            const { left, right } = dialog.getBoundingClientRect();
            return [...dialog.querySelectorAll('p, a, .co-status-popup__row *')].some((each) => {
              const box = each.getBoundingClientRect();
              return (
                box.left < left ||
                box.right > right ||
                (each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
              );
            });
          });
        },
        { sentences, states },
      );
      expect(outside).toEqual([]);
    });
  }
}
