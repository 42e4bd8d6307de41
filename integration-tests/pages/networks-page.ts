import type { Locator, Page } from '@playwright/test';

/** The Networks step, by the names a user sees. */
export class NetworksPage {
  readonly project: Locator;
  readonly bridge: Locator;
  readonly create: Locator;

  constructor(readonly page: Page) {
    this.project = page.getByRole('textbox', { name: 'Project of the virtual machines' });
    this.bridge = page.getByRole('textbox', { name: 'Name of the bridge' });
    this.create = page.getByRole('button', { name: 'Create networks' });
  }

  row(portGroup: string): Locator {
    return this.page.getByRole('row', { name: new RegExp(`^Network for ${portGroup} `) });
  }

  question(portGroup: string): Locator {
    return this.page.getByRole('radiogroup', { name: `VLAN of ${portGroup}` });
  }

  async answer(portGroup: string, answer: 'One VLAN' | 'Untagged' | 'Skip this port group', vlan?: string) {
    await this.question(portGroup).getByRole('radio', { name: answer }).click();
    if (vlan !== undefined) await this.question(portGroup).getByRole('textbox', { name: 'VLAN number' }).fill(vlan);
  }

  /** Answers what the inventory leaves open, every question the same way. */
  async answerAll(answer: 'Untagged' | 'Skip this port group') {
    const questions = this.page.getByRole('radiogroup', { name: /^VLAN of / });
    // A skipped port group takes its question away; an answered one keeps it.
    for (let open = await questions.count(); open > 0; open -= 1) {
      await questions.nth(answer === 'Untagged' ? open - 1 : 0).getByRole('radio', { name: answer }).click();
    }
  }
}
