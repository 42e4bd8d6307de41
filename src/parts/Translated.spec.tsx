import { render, screen } from '@testing-library/react';
import { createInstance } from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { useTranslate } from './use-translate';

jest.unmock('react-i18next');

const Shown = () => <p>{useTranslate()('{{ready}} of {{total}} ready', { ready: 1, total: 3 })}</p>;

/** Shows a text as the console does: it reports whatever it is asked for in vain. */
const show = async (language: string, texts: Readonly<Record<string, string>>) => {
  const missing = jest.fn();
  const i18n = createInstance();
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { [language]: { 'plugin__migration-prep': texts } },
    nsSeparator: '~',
    keySeparator: false,
    contextSeparator: '~',
    interpolation: { escapeValue: false },
    saveMissing: true,
    missingKeyHandler: missing,
  });
  render(
    <I18nextProvider i18n={i18n}>
      <Shown />
    </I18nextProvider>,
  );
  return missing;
};

describe('A text', () => {
  test('that is not shipped is its own key, and the console has nothing to report', async () => {
    const missing = await show('en', {});
    expect(screen.getByText('1 of 3 ready')).toBeVisible();
    expect(missing).not.toHaveBeenCalled();
  });

  test('is shown in the language of the user where it is there', async () => {
    await show('de', { '{{ready}} of {{total}} ready': '{{ready}} / {{total}}' });
    expect(screen.getByText('1 / 3')).toBeVisible();
  });
});
