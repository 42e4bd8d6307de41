import { consoleFetch, HttpError } from '@openshift-console/dynamic-plugin-sdk';
import type { ClusterFailure } from '../domain/failure';
import { isRecord, parseJson } from '../domain/json';
import type { Build } from '../domain/objects';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { readUploadFailure } from '../domain/vddk/upload-failure';
import type { UploadFailure } from '../domain/vddk/upload-failure';
import { buildPath } from './build-path';
import type { Attempt } from './failure';
import { failureOf, failureOfStatus } from './failure';

/** A file for a BuildConfig to build. It is sent from the disk and never held in memory as a whole. */
export interface ArchiveUpload {
  readonly project: string;
  /** The BuildConfig. */
  readonly config: string;
  readonly file: Blob;
  readonly signal: AbortSignal;
  /** How many bytes have left the browser; where it does not tell, never called. */
  readonly onProgress: (sent: number) => void;
}

/** Answers when the build pod has taken the whole archive, with the build as it was when the upload began. */
export type UploadArchive = (upload: ArchiveUpload) => Promise<Result<Build, UploadFailure>>;

/** Without `asFile`, OpenShift unpacks the archive as the build's context (docs/facts/forklift.md §4). */
const urlOf = ({ project, config }: ArchiveUpload): string =>
  `${buildPath(project)}/buildconfigs/${config}/instantiatebinary`;

const aboutOf = ({ project, config }: ArchiveUpload): Attempt => ({
  kind: 'buildConfigs',
  verb: 'create',
  name: config,
  namespace: project,
});

const headers = { Accept: 'application/json', 'Content-Type': 'application/octet-stream' };

/** The console's server compares this cookie with the header (docs/facts/console-host.md, "CSRF"). It adds the user's token by itself. */
const csrfToken = (): string => /(?:^|; )csrf-token=([^;]*)/.exec(document.cookie)?.[1] ?? '';

/** Sends with XMLHttpRequest: fetch does not tell how much has been sent. */
export const uploadWithProgress: UploadArchive = (upload) =>
  new Promise((resolve) => {
    const { file, signal, onProgress } = upload;
    const fail = (status: number, failure: ClusterFailure): void => {
      resolve(err(readUploadFailure(status, failure)));
    };
    const request = new XMLHttpRequest();
    const abort = (): void => {
      request.abort();
    };
    request.open('POST', urlOf(upload));
    for (const [name, value] of Object.entries({ ...headers, 'X-CSRFToken': csrfToken() }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => {
      onProgress(loaded);
    };
    request.onload = () => {
      const body = parseJson(request.responseText);
      const answer = body.ok && isRecord(body.value) ? body.value : {};
      if (request.status >= 200 && request.status < 300 && isRecord(answer.metadata)) {
        resolve(ok(answer as unknown as Build));
        return;
      }
      const { reason, message } = answer as { reason?: string; message?: string };
      fail(
        request.status,
        failureOfStatus({ code: request.status, reason, message: message ?? request.responseText }, aboutOf(upload)),
      );
    };
    request.onerror = () => {
      fail(0, { ...aboutOf(upload), code: 'Unreachable', message: '' });
    };
    request.onabort = () => {
      fail(0, { ...aboutOf(upload), code: 'Cancelled', message: '' });
    };
    request.onloadend = () => {
      signal.removeEventListener('abort', abort);
    };
    signal.addEventListener('abort', abort);
    request.send(file);
    if (signal.aborted) abort();
  });

/**
 * Sends through the console, which adds the headers of impersonation; without them the upload would silently be the real user's.
 * How far it is nobody tells.
 */
export const uploadAsImpersonated: UploadArchive = async (upload) => {
  try {
    const { file, signal } = upload;
    const response = await consoleFetch(urlOf(upload), { method: 'POST', body: file, signal, headers }, 0);
    return ok((await response.json()) as Build);
  } catch (thrown) {
    return err(
      readUploadFailure(thrown instanceof HttpError ? (thrown.code ?? 0) : 0, failureOf(thrown, aboutOf(upload))),
    );
  }
};
