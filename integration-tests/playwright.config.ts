import { defineConfig } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const chromium = execFileSync(join(import.meta.dirname, '../tools/need-chromium.sh'), { encoding: 'utf8' }).trim();

// A failing test would leave a snapshot of the page behind, typed credentials included.
process.env.PLAYWRIGHT_NO_COPY_PROMPT = '1';

/** Journeys in the system's Chromium against the sandbox. Each worker has a sandbox of its own; nothing is tried twice. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // Those need no browser: Jest runs them. Whole paths: the clone may be in a folder of such a name.
  testIgnore: ['hooks/**', 'controller/**'].map((files) => join(import.meta.dirname, files)),
  outputDir: '../.build/browser',
  // A test waits for the cluster a third of its time.
  workers: '150%',
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../.build/browser.json' }]],
  use: {
    // A trace of a failing test holds requests: none may be kept where credentials are typed.
    trace: 'off',
    screenshot: 'off',
    video: 'off',
    actionTimeout: 10_000,
    viewport: { width: 1280, height: 900 },
    // Without a GPU, Chromium would play one.
    launchOptions: { executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] },
  },
});
