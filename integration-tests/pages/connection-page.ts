import type { Locator, Page } from '@playwright/test';
import type { SandboxInfo } from '../sandbox';
import { typeSecret } from '../secrets';

/** The Connection step, by the names a user sees. */
export class ConnectionPage {
  readonly address: Locator;
  readonly user: Locator;
  readonly password: Locator;
  readonly certificate: Locator;
  readonly name: Locator;
  readonly connect: Locator;
  /** Opens the form where there is a vCenter already. */
  readonly another: Locator;
  /** The vCenters that are connected, with what MTV says of each. */
  readonly providers: Locator;

  constructor(readonly page: Page) {
    this.address = page.getByRole('textbox', { name: /^Address of the (vCenter|ESXi host)/ });
    this.user = page.getByRole('textbox', { name: 'User' });
    this.password = page.getByRole('textbox', { name: 'Password' });
    this.certificate = page.getByRole('textbox', { name: 'Certificate in PEM format' });
    this.name = page.getByRole('textbox', { name: 'Name of the provider' });
    this.providers = page.getByRole('list', { name: 'vSphere providers' });
    this.another = page.getByRole('button', { name: 'Connect another vCenter' });
    this.connect = page.getByRole('button', { name: 'Connect', exact: true });
  }

  /** Opens the form, where it is not open at once. */
  async open() {
    await this.address.or(this.another).first().waitFor();
    if (await this.another.isVisible()) await this.another.click();
    await this.address.waitFor();
  }

  /** Types what connects to the sandbox's vCenter, with what a test wants different. */
  async fill(
    vcenter: SandboxInfo['vcenter'],
    different: { url?: string; user?: string; password?: string; name?: string } = {},
  ) {
    await this.open();
    await this.address.fill(different.url ?? vcenter.url);
    await this.user.fill(different.user ?? vcenter.user);
    await typeSecret(this.password, different.password ?? vcenter.password);
    await this.page.getByRole('radio', { name: 'Verify with this certificate' }).click();
    await this.certificate.fill(vcenter.caCert);
    // A Provider that is there keeps its name.
    if (await this.name.isVisible()) await this.name.fill(different.name ?? 'vcenter');
  }

  /** Chooses the project of a new provider, as a user without access to MTV's does. */
  async chooseProject(project: string) {
    await this.page.getByRole('combobox', { name: 'Project of the provider' }).fill(project);
    const listed = this.page.getByRole('option', { name: project, exact: true });
    await listed.or(this.page.getByRole('option', { name: `Use project ${project}` })).click();
  }

  /** Connects without verifying the certificate, which must be confirmed. */
  async doNotVerify() {
    await this.page.getByRole('radio', { name: 'Do not verify' }).click();
    await this.page.getByRole('checkbox', { name: /^I accept/ }).click();
  }
}
