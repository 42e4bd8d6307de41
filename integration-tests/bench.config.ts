import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** Measurements in the same browser against the same sandbox, one after the other: tables, never judgements. */
export default defineConfig(tests, {
  testMatch: '*.bench.ts',
  testIgnore: 'controller/*',
  workers: 1,
  reporter: 'line',
});
