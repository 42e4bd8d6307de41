import { request as httpRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { isRecord, parseJson } from '../domain/json';
import type { Build } from '../domain/objects';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import type { ArchivePieces } from '../domain/vddk/archive-url-failure';
import { readUploadFailure } from '../domain/vddk/upload-failure';
import type { UploadFailure } from '../domain/vddk/upload-failure';
import { attempt } from './attempt';
import { failureOfStatus } from './failure';
import type { Attempt } from './failure';
import { addressOf, credentialsFor, pathOf } from './node-request';

/** An archive on its way to a build of BuildConfig `config`, which it is handed in pieces as they come. */
export interface PiecesUpload {
  readonly project: string;
  readonly config: string;
  /** Names this upload at its build, by which it is told from those of others. */
  readonly upload: string;
  readonly pieces: ArchivePieces;
  readonly signal: AbortSignal;
}

type Verdict = ArchivePieces extends AsyncGenerator<Uint8Array, infer V, void> ? V : never;

interface Answered {
  readonly status: number;
  readonly text: string;
}

/**
 * Milliseconds without a byte in either direction. OpenShift waits 5 minutes for the build's pod and takes nothing meanwhile; that is its
 * only limit. Afterwards an upload may take as long as the download (docs/facts/forklift.md §4, "Upload").
 */
const silence = 10 * 60_000;

/** Milliseconds after which bytes are sent although nobody said that they are taken: proxies need not pass that on (RFC 9110, "Expect"). */
const willing = 3000;

/**
 * Sends pieces of unknown length to a build. Answers when its pod has taken all of them, with the build as it was when the upload began.
 * Unless the verdict that the pieces end with is good, the request is broken off, so that what was sent remains a fragment.
 */
export const uploadPieces = async (config: KubeConfig, upload: PiecesUpload): Promise<Result<Build, UploadFailure>> => {
  const about: Attempt = {
    kind: 'buildConfigs',
    verb: 'create',
    name: upload.config,
    namespace: upload.project,
  };
  const sent = await attempt(about, () => send(config, upload));
  if (!sent.ok) {
    return err(readUploadFailure(0, upload.signal.aborted ? { ...sent.error, code: 'Cancelled' } : sent.error));
  }
  const { status, text } = sent.value;
  const body = parseJson(text);
  const answer = body.ok && isRecord(body.value) ? body.value : {};
  if (status >= 200 && status < 300 && isRecord(answer.metadata)) return ok(answer as unknown as Build);
  const { reason, message } = answer as { reason?: string; message?: string };
  return err(
    readUploadFailure(status, failureOfStatus({ code: status, reason, message: message ?? text.trim() }, about)),
  );
};

/** Throws what failure.ts understands. */
const send = async (config: KubeConfig, upload: PiecesUpload): Promise<Answered> => {
  const { pieces, signal } = upload;
  // Without `asFile`, OpenShift unpacks what is sent as the build's context (docs/facts/forklift.md §4, "Upload").
  const url = addressOf(config, `${pathOf('buildConfigs', upload.project, upload.config)}/instantiatebinary`);
  // It becomes spec.revision.git.commit of the build (openshift/api build/v1, BinaryBuildRequestOptions).
  url.searchParams.set('revision.commit', upload.upload);
  const options = await credentialsFor(config, { method: 'POST', timeout: silence, signal });
  const headers = {
    ...(options.headers as OutgoingHttpHeaders),
    Accept: 'application/json',
    'Content-Type': 'application/octet-stream',
    // So that a refusal is read before bytes are sent that nobody takes: then the connection would break, and the refusal with it.
    Expect: '100-continue',
  };
  const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
  const outgoing = request(url, { ...options, headers });
  const state = { isOver: false };
  /** Whoever waits. No promise that lives long: it would keep the pieces that were waited for. */
  let wake = (): void => {};
  const answered = new Promise<Answered>((resolve, reject) => {
    outgoing.on('response', (incoming) => {
      resolve(contentOf(incoming));
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.on('close', () => {
      reject(new Error('no answer'));
    });
    for (const event of ['response', 'error', 'close']) {
      outgoing.on(event, () => {
        state.isOver = true;
        wake();
      });
    }
  });
  // Its failure is told when it is asked for, in the end.
  answered.then(undefined, () => {});
  const or = <T>(
    wait: (resolve: (value: T) => void, reject: (reason: Error) => void) => void,
  ): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      wake = () => {
        resolve(undefined);
      };
      if (state.isOver) resolve(undefined);
      else wait(resolve, reject);
    });

  outgoing.flushHeaders();
  await or<true>((resolve) => {
    const timer = setTimeout(resolve, willing, true);
    outgoing.once('continue', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
  // An answer before the end is a refusal: nothing more is sent then.
  while (!state.isOver) {
    const next = await or<IteratorResult<Uint8Array, Verdict>>((resolve, reject) => {
      pieces.next().then(resolve, reject);
    });
    if (next?.done === true) {
      if (next.value.ok) outgoing.end();
      else outgoing.destroy();
      break;
    }
    if (next && !outgoing.write(next.value)) {
      await or<true>((resolve) => {
        outgoing.once('drain', () => {
          resolve(true);
        });
      });
    }
  }
  return answered;
};

const contentOf = async (incoming: IncomingMessage): Promise<Answered> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return { status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
};
