import type { KubeConfig } from '@kubernetes/client-node';
import type { ArchiveSource } from '../../domain/vddk/archive-source';
import { fileNameOf } from '../../domain/vddk/archive-source';
import type { ArchivePieces } from '../../domain/vddk/archive-url-failure';
import { uploadPieces } from '../node-upload';
import type { PiecesUpload } from '../node-upload';
import { downloadArchive } from './download-archive';
import { verifyArchive } from './verify-archive';

/** What `imageFromUrl` borrows, in Node: the download of this archive, verified on its way, and the upload to this cluster's builds. */
export const nodeArchiveHost = (config: KubeConfig, source: ArchiveSource, sha256: string) => ({
  open: (signal: AbortSignal): ArchivePieces =>
    verifyArchive(downloadArchive(source, { signal }), {
      sha256: sha256.toLowerCase(),
      name: fileNameOf(source.url),
    }),
  send: (upload: PiecesUpload) => uploadPieces(config, upload),
});
