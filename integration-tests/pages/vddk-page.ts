import type { Locator, Page } from '@playwright/test';
import { library, tarGz, vddk } from '../vddk-archives';

/** A file as a user would choose it. */
export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const chosen = (name: string, bytes: Uint8Array): ChosenFile => ({
  name,
  mimeType: 'application/gzip',
  buffer: Buffer.from(bytes),
});

/** What VMware ships, in small; `length` in bytes makes it as large as a test needs. */
export const goodArchive = (length?: number): ChosenFile =>
  chosen(
    'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz',
    tarGz(vddk('8.0.3', library(length === undefined ? {} : { length }))),
  );

/** The VDDK step, by the names a user sees. */
export class VddkPage {
  readonly file: Locator;
  readonly target: Locator;
  readonly upload: Locator;
  readonly cancelUpload: Locator;
  readonly progress: Locator;
  readonly log: Locator;
  readonly useThis: Locator;
  readonly retry: Locator;
  /** The end of the way. */
  readonly done: Locator;
  readonly image: Locator;

  constructor(readonly page: Page) {
    // Hidden behind a button: PatternFly gives it no name.
    this.file = page.locator('input[type=file]');
    this.target = page.getByRole('combobox', { name: 'Project of the virtual machines' });
    this.upload = page.getByRole('button', { name: 'Upload and build' });
    this.cancelUpload = page.getByRole('button', { name: 'Cancel upload' });
    this.progress = page.getByRole('progressbar', { name: 'Upload of the archive' });
    this.log = page.getByRole('log', { name: 'Log of the build' });
    this.useThis = page.getByRole('button', { name: 'Use this image' });
    this.retry = page.getByRole('button', { name: 'Retry' });
    this.done = page.getByText('The image is built, and MTV uses it');
    this.image = page.getByRole('combobox', { name: /^Image/ });
  }

  /** Chooses the project of the virtual machines from the list, or, when it is not in there, as one that is not seen. */
  async chooseTarget(project: string) {
    await this.target.fill(project);
    const listed = this.page.getByRole('option', { name: project, exact: true });
    await listed.or(this.page.getByRole('option', { name: `Use project ${project}` })).click();
  }

  stage(name: string): Locator {
    return this.page.getByRole('list', { name: 'From the archive to MTV' }).getByRole('listitem', { name });
  }

  async chooseArchive(archive = goodArchive()) {
    // The form comes when it is known that there is no image.
    await this.file.waitFor({ state: 'attached', timeout: 30_000 });
    await this.file.setInputFiles(archive);
    await this.page.getByText('VDDK 8.0.3, build 23950268').waitFor();
  }

  /** Asks for the form, where there is an image already. */
  async openForm() {
    const open = this.page.getByRole('button', { name: /^(Replace|Provide an image)$/ });
    const choice = this.page.getByRole('radiogroup', { name: 'Where VDDK comes from' });
    await open.or(choice).waitFor();
    if (await open.isVisible()) await open.click();
  }

  async chooseImage(image: string) {
    await this.openForm();
    await this.page.getByRole('radio', { name: 'An existing image' }).click();
    await this.image.fill(image);
  }

  /** Says that this image is wanted, whatever the cluster finds out about it. */
  async useImage() {
    await this.useThis.click();
    await this.page.getByRole('button', { name: 'Use it anyway' }).click();
  }
}
