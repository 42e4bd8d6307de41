import type { DeclaredVddk } from '../../domain/preparation';
import { plainEnglish } from '../../domain/translate';
import type { ArchiveSource, ProxySettings } from '../../domain/vddk/archive-source';
import { fileNameOf } from '../../domain/vddk/archive-source';
import { archiveWarningText } from '../../domain/vddk/archive';
import { defaultBaseImage } from '../../domain/vddk/dockerfile';
import { archiveBuildNeeds, imagesOf, planArchiveBuild } from '../../domain/vddk/plan-archive-build';
import { buildName, buildPlanProblemText } from '../../domain/vddk/plan-build';
import { imageFromUrl } from '../build-image/from-url';
import type { ArchiveHost, FromUrlFailure } from '../build-image/from-url';
import { fromUrlFailureText, mayHelpItself } from '../build-image/from-url-text';
import { readSource, sourceProblemText } from '../build-image/read-source';
import { prepareImage } from './declared-image';
import type { ImageWorld } from './declared-image';
import { findMtvProject } from './mtv-project';
import { carryOut, failed, outcomeOf, waiting } from './task';
import type { Outcome } from './task';

const t = plainEnglish;

/** What the download of declared archives needs of the world outside. */
export interface Archives {
  readonly hostOf: (source: ArchiveSource, sha256: string) => ArchiveHost;
  /** The proxy of the environment; `undefined`: that of the cluster counts. */
  readonly proxy: ProxySettings | undefined;
  /** Ends with the program. */
  readonly signal: AbortSignal;
  /** What came of archives that were downloaded in vain, by address and sum. Make it once for a program. */
  readonly inVain: Map<string, InVain>;
}

/** How often an archive was downloaded in vain, what that said, and how many further attempts are left out. */
interface InVain {
  readonly times: number;
  readonly left: number;
  readonly outcome: Outcome;
}

/** A world in which archives may be downloaded. `home`: the project of the Secrets and ConfigMaps that are named. */
export interface ArchiveWorld extends ImageWorld {
  readonly home: string;
  readonly archives: Archives;
}

/** An archive as values declare it. */
export type DeclaredArchiveVddk = Extract<DeclaredVddk, { archiveUrl: string }>;

/** Attempts that are left out at most: with one in ten minutes, one download in some three hours. */
const mostLeftOut = 16;

/**
 * Has MTV use the image of an archive, which is downloaded and built unless it was built before. What MTV uses meanwhile, it goes on using.
 * What was downloaded in vain is not downloaded at each look again: after the first time the next one is left out, then two, four and so on.
 */
export const prepareArchive = async (world: ArchiveWorld, declared: DeclaredArchiveVddk): Promise<Outcome> => {
  const { cluster, archives, home } = world;
  const { archiveUrl, secret, caBundle, sha256, baseImage = defaultBaseImage, providers } = declared;
  const mtv = await findMtvProject(cluster);
  if (!mtv.ok) return mtv.error;
  const wish = { project: mtv.value, sha256, archive: fileNameOf(archiveUrl), baseImage };
  if (world.dryRun) return rehearse(world, declared, wish);

  const key = `${archiveUrl} ${sha256}`;
  const before = archives.inVain.get(key);
  if (before && before.left > 0) {
    archives.inVain.set(key, { ...before, left: before.left - 1 });
    return before.outcome;
  }
  const source = await readSource(cluster, { archiveUrl, secret, caBundle, namespace: home, proxy: archives.proxy });
  if (!source.ok)
    return source.error.code === 'Cluster'
      ? outcomeOf(source.error.failure)
      : waiting(sourceProblemText(t, source.error));
  const built = await imageFromUrl(cluster, wish, archives.hostOf(source.value, sha256), archives.signal);
  if (!built.ok) {
    const outcome = outcomeOfFailure(built.error);
    if (costsDownload(built.error)) {
      const times = (before?.times ?? 0) + 1;
      archives.inVain.set(key, { times, left: Math.min(2 ** (times - 1), mostLeftOut), outcome });
    }
    return outcome;
  }
  archives.inVain.delete(key);
  const { image, archive } = built.value;
  for (const warning of archive?.warnings ?? []) world.say(archiveWarningText(t, warning));
  return prepareImage(world, { image, providers });
};

/** Asks what would be made: the image, if it is there already, or what its build needs. Nothing is downloaded. */
const rehearse = async (
  world: ArchiveWorld,
  { sha256, providers }: DeclaredArchiveVddk,
  wish: Parameters<typeof planArchiveBuild>[0],
): Promise<Outcome> => {
  const stream = await world.cluster.get({ kind: 'imageStreams', name: buildName, namespace: wish.project });
  if (!stream.ok) return outcomeOf(stream.error);
  const image = imagesOf(stream.value, sha256).at(-1);
  if (image !== undefined) return prepareImage(world, { image, providers });
  return carryOut(world, {
    needs: archiveBuildNeeds(wish),
    plan: planArchiveBuild(wish),
    refused: (problem) => failed(buildPlanProblemText(t, problem)),
    text: () => waiting('The archive is downloaded and its image built first.'),
  });
};

const outcomeOfFailure = (failure: FromUrlFailure): Outcome => {
  if (failure.code === 'Cluster') return outcomeOf(failure.failure);
  const text = fromUrlFailureText(t, failure);
  if (failure.code === 'NoRight') return { state: 'forbidden', text };
  return (mayHelpItself(failure) ? waiting : failed)(text);
};

/** Whether much was downloaded for it, or built. */
const costsDownload = (failure: FromUrlFailure): boolean => {
  switch (failure.code) {
    case 'Source':
      return (
        failure.failure.code !== 'Download' ||
        ['TooLarge', 'TooSlow', 'BrokenOff', 'Stalled'].includes(failure.failure.failure.code)
      );
    case 'Upload':
    case 'Build':
    case 'Leftover':
      return true;
    case 'BadSum':
    case 'NoRight':
    case 'Prepare':
    case 'Cluster':
      return false;
  }
};
