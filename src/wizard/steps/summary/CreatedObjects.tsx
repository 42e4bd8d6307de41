import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Skeleton,
  Title,
} from '@patternfly/react-core';
import { useEffect, useState } from 'react';
import type { CSSProperties } from 'react';
import type { Watched } from '../../../domain/watched';
import { failureText } from '../../../domain/failure';
import { kinds } from '../../../domain/kinds';
import type { KindId } from '../../../domain/kinds';
import type { KubeObject } from '../../../domain/objects';
import { ownSelector, releaseOf } from '../../../domain/ownership';
import type { Translate } from '../../../domain/translate';
import { useImageProject } from '../../parts/use-address';
import { useServices } from '../../ServicesContext';
import { useMtvProject } from '../../MtvProjectContext';
import { useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';

/** What VDDK's image needs, in the project that keeps it. */
const ofImage = ['imageStreams', 'buildConfigs', 'roleBindings'] as const;

/** As wide as the longest kind's name: PatternFly takes a width only for lists that are horizontal everywhere. */
const listStyle = {
  '--pf-v6-c-description-list--m-horizontal__term--width': '28ch',
  marginBlockStart: 'var(--pf-t--global--spacer--sm)',
} as CSSProperties;

/** Everything this tool created, by its labels, kind by kind. What the user may not see is said to be unknown. */
export const CreatedObjects = ({ project }: { readonly project: string }) => {
  const t = useTranslate();
  const [imageProject] = useImageProject();
  const { name: mtv } = useMtvProject();
  const { home } = useProviders();
  const ofProviders = home === '' ? mtv : home;
  return (
    <section aria-labelledby="created-objects">
      <Title id="created-objects" headingLevel="h3" size="lg">
        {t('Created by Migration Prep')}
      </Title>
      <DescriptionList orientation={{ md: 'horizontal' }} isCompact style={listStyle}>
        <CreatedSecrets project={ofProviders} />
        <CreatedOfKind kind="providers" project={ofProviders} />
        {ofImage.map((kind) => (
          <CreatedOfKind key={kind} kind={kind} project={imageProject === '' ? mtv : imageProject} />
        ))}
        <CreatedOfKind kind="networkAttachmentDefinitions" project={project === '' ? mtv : project} />
      </DescriptionList>
    </section>
  );
};

/** In the whole cluster, or in one project for users who can only see that. */
const CreatedOfKind = ({ kind, project }: { readonly kind: KindId; readonly project: string }) => {
  const { useWatch } = useServices();
  const ours = { list: kind, labelSelector: ownSelector };
  const wide = useWatch(ours);
  const isForbidden = wide.state === 'failed' && wide.failure.code === 'Forbidden';
  const narrow = useWatch(isForbidden ? { ...ours, namespace: project } : undefined);
  return isForbidden ? (
    <Created kind={kind} watched={narrow} project={project} />
  ) : (
    <Created kind={kind} watched={wide} />
  );
};

/** Our Secrets in MTV's project, by their metadata alone. Read once: a watch would bring their content into the browser. */
const CreatedSecrets = ({ project }: { readonly project: string }) => {
  const { cluster } = useServices();
  const [watched, setWatched] = useState<Watched<KubeObject>>({ state: 'loading' });
  useEffect(() => {
    let isShown = true;
    void cluster.list({ list: 'secrets', namespace: project, labelSelector: ownSelector }).then((answer) => {
      if (!isShown) return;
      setWatched(answer.ok ? { state: 'loaded', items: answer.value } : { state: 'failed', failure: answer.error });
    });
    return () => {
      isShown = false;
    };
  }, [cluster, project]);
  return <Created kind="secrets" watched={watched} project={project} />;
};

interface CreatedProps {
  readonly kind: KindId;
  readonly watched: Watched<KubeObject>;
  /** Where was looked; the whole cluster when left out. */
  readonly project?: string;
}

const Created = ({ kind, watched, project }: CreatedProps) => {
  const t = useTranslate();
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{kinds[kind].kind}</DescriptionListTerm>
      <DescriptionListDescription>
        {watched.state === 'loading' ? (
          <Skeleton screenreaderText={t('Checking the cluster…')} width="12rem" />
        ) : (
          createdText(t, kind, watched, project)
        )}
      </DescriptionListDescription>
    </DescriptionListGroup>
  );
};

const createdText = (
  t: Translate,
  kind: KindId,
  watched: Exclude<Watched<KubeObject>, { state: 'loading' }>,
  project: string | undefined,
): string => {
  switch (watched.state) {
    case 'absent':
      return t('None: this cluster does not have this kind.');
    case 'failed':
      return failureText(t, watched.failure);
    case 'loaded':
      if (watched.items.length === 0) return project === undefined ? t('None') : t('None in {{project}}', { project });
      return watched.items.map((object) => nameOf(t, kind, object)).join(', ');
  }
};

const nameOf = (t: Translate, kind: KindId, object: KubeObject): string => {
  const { name, namespace = '', ownerReferences = [] } = object.metadata;
  const release = releaseOf(object);
  if (kind !== 'secrets' && release) {
    return t('{{name}} in {{project}} (managed by the values of release {{release}})', {
      name,
      project: namespace,
      release: release.name,
    });
  }
  if (kind !== 'secrets') return t('{{name}} in {{project}}', { name, project: namespace });
  return ownerReferences.length > 0
    ? t('{{name}} of {{owner}}', { name, owner: ownerReferences.map((owner) => owner.name).join(', ') })
    : t('{{name}} (holds a password but belongs to no provider: connect that vCenter again, or delete the Secret)', {
        name,
      });
};
