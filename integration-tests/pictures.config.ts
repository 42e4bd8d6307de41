import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** Draws the pictures of the documentation anew: no judgement, and no part of `make test`. */
export default defineConfig(tests, { testMatch: '*.pictures.ts', testIgnore: [], workers: 1, reporter: 'line' });
