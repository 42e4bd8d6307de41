import type { KubeConfig } from '@kubernetes/client-node';
import type { ArchiveSource } from '../../domain/vddk/archive-source';
import { fileNameOf } from '../../domain/vddk/archive-source';
import type { ArchivePieces } from '../../domain/vddk/archive-url-failure';
import { uploadPieces } from '../node-upload';
import type { PiecesUpload } from '../node-upload';
import { downloadArchive } from './download-archive';
import { proxyOfEnvironment } from './proxy';
import { verifyArchive } from './verify-archive';

/** What `imageFromUrl` of src/work borrows, in Node: the download of this archive, verified on its way, and the upload to this cluster's builds. */
export const nodeArchiveHost = (config: KubeConfig, source: ArchiveSource, sha256: string) => ({
  open: (signal: AbortSignal): ArchivePieces =>
    verifyArchive(downloadArchive(source, { signal }), {
      sha256: sha256.toLowerCase(),
      name: fileNameOf(source.url),
    }),
  send: (upload: PiecesUpload) => uploadPieces(config, upload),
});

/** What downloads of declared archives need, made once for a program. `signal` breaks off what is under way. */
export const nodeArchives = (
  config: KubeConfig,
  env: Readonly<Record<string, string | undefined>>,
  signal = new AbortController().signal,
) => ({
  hostOf: (source: ArchiveSource, sha256: string) => nodeArchiveHost(config, source, sha256),
  proxy: proxyOfEnvironment(env),
  signal,
  inVain: new Map(),
});
