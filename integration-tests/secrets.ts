import type { Locator } from '@playwright/test';

let asked = 0;

/**
 * Types a secret. Playwright writes the arguments of its actions into traces, call logs and reports of failures; here the page
 * asks for the text by a function that exists for this once, and nobody writes that down.
 */
export const typeSecret = async (field: Locator, secret: string) => {
  asked += 1;
  const name = `secretOfTheTest${String(asked)}`;
  await field.page().exposeFunction(name, () => secret);
  await field.evaluate(async (input: HTMLInputElement, from) => {
    const ask = (window as unknown as Record<string, () => Promise<string>>)[from];
    const text = (await ask?.()) ?? '';
    input.focus();
    // The setter of the browser, as typing would: React has put one of its own on the input.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, name);
};

/** A secret in every form that it could be found in. */
export const formsOf = (secret: string) => [
  secret,
  btoa(secret),
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll('&', '&amp;'),
];
