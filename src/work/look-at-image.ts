import type { Cluster } from '../domain/cluster';
import { imageQuestion, readAnswer, readEntry } from '../domain/vddk/existing-image';
import type { ImageVerdict } from '../domain/vddk/existing-image';

/**
 * Asks the cluster about an image; of a list of images, about the entry for amd64. A list of which not every entry was copied cannot be
 * had as a list (pkg/image/apiserver/importer of openshift-apiserver): then the one image is asked for that the cluster picks.
 */
export const lookAtImage = async (cluster: Cluster, image: string, project: string): Promise<ImageVerdict> => {
  const answer = readAnswer(await cluster.apply(imageQuestion(image, project)));
  if (answer.state === 'list') return readEntry(answer, await cluster.apply(imageQuestion(answer.entry, project)));
  if (answer.state !== 'doubtful' || answer.doubt.code !== 'NotFound') return answer;
  const picked = readAnswer(await cluster.apply(imageQuestion(image, project, 'Legacy')));
  // Which one it picks depends on the control plane: another architecture does not mean that the list has none for amd64.
  const tellsMore =
    picked.state === 'good' || (picked.state === 'doubtful' && picked.doubt.code !== 'WrongArchitecture');
  return tellsMore ? picked : answer;
};
