import type { Locator, Page } from '@playwright/test';

/** The step Prerequisites, by what a user sees. */
export class PrerequisitesPage {
  constructor(private readonly page: Page) {}

  /** One prerequisite, with what can be done about it. */
  row(name: string): Locator {
    return this.page.getByRole('list', { name: 'Prerequisites' }).getByRole('listitem', { name, exact: true });
  }

  /** Opens what can be done about one. */
  async open(action: string, name: string): Promise<Locator> {
    await this.page.getByRole('button', { name: `${action}: ${name}`, exact: true }).click();
    return this.row(name);
  }

  state(name: string): Locator {
    return this.row(name).getByRole('img').first();
  }
}
