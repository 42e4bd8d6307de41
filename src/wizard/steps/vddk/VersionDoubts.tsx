import { Alert } from '@patternfly/react-core';
import type { Provider } from '../../../domain/objects';
import { mtvVersionOf } from '../../../domain/mtv-version';
import { judgeVersion, versionDoubtText } from '../../../domain/vddk/judge-version';
import type { VersionWorld } from '../../../domain/vddk/judge-version';
import { useAnswer } from '../../parts/use-answer';
import { useMtvProject } from '../../MtvProjectContext';
import { useServices } from '../../ServicesContext';
import { useTranslate } from '../../../parts/use-translate';

interface VersionDoubtsProps {
  /** Of VDDK. */
  readonly version: string;
  /** The vSphere Providers that it is for. */
  readonly providers: readonly Provider[];
  /** That VDDK 9 needs a newer MTV is said already. */
  readonly isNewerMtvSaid?: boolean;
}

/** What speaks against this version of VDDK, as far as MTV tells the versions of vSphere and its own. */
export const VersionDoubts = ({ version, providers, isNewerMtvSaid = false }: VersionDoubtsProps) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const { name: mtv, source } = useMtvProject();
  const installed = useWatch(source === 'looking' ? undefined : { list: 'clusterServiceVersions', namespace: mtv });
  const doubts = judgeVersion(version, {
    servers: useVsphereVersions(providers),
    mtv: installed.state === 'loaded' ? mtvVersionOf(installed.items) : undefined,
  });
  const shown = doubts.filter(({ code }) => !isNewerMtvSaid || code !== 'NeedsNewerMtv');
  return shown.map((doubt) => (
    <Alert
      key={versionDoubtText(t, doubt)}
      isInline
      component="h4"
      variant="warning"
      title={versionDoubtText(t, doubt)}
    />
  ));
};

/** The versions that MTV's inventory tells. Where it tells none, nothing is said. */
const useVsphereVersions = (providers: readonly Provider[]): VersionWorld['servers'] => {
  const { fetchVsphereVersion } = useServices();
  const [known = []] = useAnswer(
    async () => {
      const answers = providers.map(async ({ metadata: { uid, name: provider } }) => {
        const version = uid === undefined ? undefined : await fetchVsphereVersion(uid);
        return version === undefined ? [] : [{ provider, version }];
      });
      return (await Promise.all(answers)).flat();
    },
    providers.map(({ metadata }) => metadata.uid).join(' '),
  );
  return known;
};
