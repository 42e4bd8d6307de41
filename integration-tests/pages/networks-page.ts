import type { Locator, Page } from '@playwright/test';

/** The Networks step, by the names a user sees. */
export class NetworksPage {
  readonly project: Locator;
  /** Of the distributed switch of the sandbox's vCenter. */
  readonly bridge: Locator;
  readonly create: Locator;

  constructor(readonly page: Page) {
    this.project = page.getByRole('combobox', { name: 'Project of the virtual machines' });
    this.bridge = this.bridgeOf('Distributed switch dvs-lab');
    this.create = page.getByRole('button', { name: 'Create networks' });
  }

  /** Chooses the project of the virtual machines from the list, or, when it is not in there, as one that is not seen. */
  async chooseProject(project: string) {
    await this.project.fill(project);
    const listed = this.page.getByRole('option', { name: project, exact: true });
    await listed.or(this.page.getByRole('option', { name: `Use project ${project}` })).click();
  }

  /** What is asked about one vSphere switch. */
  switchOf(name: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${name}`) });
  }

  bridgeOf(switchName: string): Locator {
    return this.switchOf(switchName).getByRole('combobox', { name: /^Name of the bridge(?! mapping)/ });
  }

  mappingOf(switchName: string): Locator {
    return this.switchOf(switchName).getByRole('combobox', { name: /^Name of the bridge mapping/ });
  }

  /** Chooses one of the things that the nodes have. */
  async chooseFrom(chooser: Locator, name: string) {
    await chooser.click();
    await this.page.getByRole('option', { name: new RegExp(`^${name} \\d`) }).click();
  }

  /** Gives every switch that is asked about the same bridge: in the sandbox they are one wire. */
  async attachAll(bridge: string) {
    await this.bridge.waitFor();
    const bridges = this.page.getByRole('combobox', { name: /^Name of the bridge(?! mapping)/ });
    for (let at = await bridges.count(); at > 0; at -= 1) await bridges.nth(at - 1).fill(bridge);
  }

  /** Attaches a switch to a bridge mapping. */
  async mapTo(switchName: string, mapping: string) {
    await this.switchOf(switchName).getByRole('radio', { name: 'OVN localnet' }).click();
    await this.mappingOf(switchName).fill(mapping);
  }

  /** Leaves nothing but the distributed switch, and of it only what is certain. */
  async leaveOnlyDistributed() {
    await this.answerAll('Skip this port group');
    await this.switchOf('Standard switch vSwitch0').getByRole('radio', { name: 'None' }).click();
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
    return this.page.getByRole('combobox', { name: `VLAN of ${portGroup}`, exact: true });
  }

  async answer(
    portGroup: string,
    answer: 'One VLAN' | 'Untagged' | 'All of its VLANs, with their tags' | 'Skip this port group',
    vlan?: string,
  ) {
    await this.question(portGroup).selectOption(answer);
    if (vlan !== undefined) await this.page.getByRole('textbox', { name: `VLAN number of ${portGroup}` }).fill(vlan);
  }

  /** Answers what the inventory leaves open, every question the same way. */
  async answerAll(answer: 'Untagged' | 'Skip this port group') {
    await this.create.waitFor();
    const all = this.page.getByRole('combobox', { name: /^Answer all open VLAN questions/ });
    if ((await all.count()) > 0) await all.selectOption(answer);
    const left = this.page.getByRole('combobox', { name: /^VLAN of / });
    // One question alone has no answer for all.
    if ((await left.count()) === 1 && (await left.inputValue()) === '') await left.selectOption(answer);
  }
}
