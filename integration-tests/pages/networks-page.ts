import type { Locator, Page } from '@playwright/test';

/** The Networks step, by the names a user sees. */
export class NetworksPage {
  readonly project: Locator;
  /** Of the distributed switch of the sandbox's vCenter. */
  readonly bridge: Locator;
  readonly create: Locator;

  constructor(readonly page: Page) {
    this.project = page.getByRole('textbox', { name: 'Project of the virtual machines' });
    this.bridge = this.bridgeOf('Distributed switch dvs-lab');
    this.create = page.getByRole('button', { name: 'Create networks' });
  }

  /** What is asked about one vSphere switch. */
  switchOf(name: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${name}`) });
  }

  bridgeOf(switchName: string): Locator {
    return this.switchOf(switchName).getByLabel(/^Name of the bridge(?! mapping)/);
  }

  /** Gives every switch that is asked about the same bridge: in the sandbox they are one wire. */
  async attachAll(bridge: string) {
    await this.bridge.waitFor();
    const bridges = this.page.getByLabel(/^Name of the bridge(?! mapping)/);
    for (let at = await bridges.count(); at > 0; at -= 1) await bridges.nth(at - 1).fill(bridge);
  }

  /** Attaches a switch to a bridge mapping. */
  async mapTo(switchName: string, mapping: string) {
    await this.switchOf(switchName).getByRole('radio', { name: 'OVN localnet' }).click();
    await this.switchOf(switchName)
      .getByLabel(/^Name of the bridge mapping/)
      .fill(mapping);
  }

  /** Opens what is folded away of a switch. */
  async details(switchName: string): Promise<Locator> {
    await this.switchOf(switchName).getByRole('button', { name: 'Details' }).click();
    return this.switchOf(switchName);
  }

  row(portGroup: string): Locator {
    return this.page.getByRole('row', { name: new RegExp(`^Network for ${portGroup} `) });
  }

  question(portGroup: string): Locator {
    return this.page.getByRole('radiogroup', { name: `VLAN of ${portGroup}` });
  }

  async answer(
    portGroup: string,
    answer: 'One VLAN' | 'Untagged' | 'All of its VLANs, with their tags' | 'Skip this port group',
    vlan?: string,
  ) {
    await this.question(portGroup).getByRole('radio', { name: answer }).click();
    if (vlan !== undefined) await this.question(portGroup).getByRole('textbox', { name: 'VLAN number' }).fill(vlan);
  }

  /** Answers what the inventory leaves open, every question the same way. */
  async answerAll(answer: 'Untagged' | 'Skip this port group') {
    await this.create.waitFor();
    const questions = this.page.getByRole('radiogroup', { name: /^VLAN of / });
    // A skipped port group takes its question away; an answered one keeps it.
    for (let open = await questions.count(); open > 0; open -= 1) {
      await questions
        .nth(answer === 'Untagged' ? open - 1 : 0)
        .getByRole('radio', { name: answer })
        .click();
    }
  }
}
