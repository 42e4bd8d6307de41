import { distribFolder } from './archive';

/** What gives the image its `cp`. Pulled without a login; a disconnected cluster names a copy of its own. */
export const defaultBaseImage = 'registry.access.redhat.com/ubi9-minimal:latest';

/** Labels that say what the image contains. */
export const versionLabel = 'io.migration-prep.vddk.version';
/** The label with the archive's file name. */
export const archiveLabel = 'io.migration-prep.vddk.archive';

interface ImageContent {
  readonly labels: Readonly<Record<string, string>>;
  readonly baseImage: string;
}

/**
 * The recipe MTV's contract asks for (docs/facts/forklift.md §4): an entry point that copies the folder recursively to /opt, for any
 * user. Nothing is installed and nothing is fetched but the base image.
 */
export const dockerfileOf = ({ labels, baseImage }: ImageContent): string =>
  [
    `FROM ${baseImage.trim()}`,
    `COPY ${distribFolder} /${distribFolder}`,
    `LABEL ${Object.entries(labels)
      .map(([name, value]) => `${name}="${plain(value)}"`)
      .join(' ')}`,
    'USER 1001',
    `ENTRYPOINT ["cp", "-r", "/${distribFolder}", "/opt"]`,
    '',
  ].join('\n');

/** A file name comes from the user's disk; a Dockerfile expands `$`, quotes and line ends. */
const plain = (text: string): string => text.replace(/[^\w.+-]/g, '_');
