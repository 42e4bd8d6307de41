import { readArchive } from './read-archive';
import type { InspectionMessage } from './inspect-archive';

/** The worker's side of `inspectArchive`: takes one file, reports progress, then the verdict. */
const tell = (message: InspectionMessage) => {
  self.postMessage(message);
};

self.addEventListener('message', ({ data }: MessageEvent<File>) => {
  void readArchive(data, {
    onProgress: (bytesRead) => {
      tell({ bytesRead });
    },
  }).then((verdict) => {
    tell({ verdict });
  });
});
