import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Skeleton,
  Title,
} from '@patternfly/react-core';
import { Fragment } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { Link } from 'react-router';
import type { Watched } from '../../../domain/watched';
import { consolePathOf } from '../../../domain/console-path';
import { failureText } from '../../../domain/failure';
import type { ClusterFailure } from '../../../domain/failure';
import { kinds } from '../../../domain/kinds';
import type { KindId } from '../../../domain/kinds';
import type { KubeObject } from '../../../domain/objects';
import { platformKinds } from '../../../domain/made-kinds';
import { isOwnMap } from '../../../domain/networks/own-map';
import { holderOf, isOurs, ownSelector } from '../../../domain/ownership';
import type { Result } from '../../../domain/result';
import type { Translate } from '../../../domain/translate';
import { useImageProject } from '../../parts/use-address';
import { useAnswer } from '../../parts/use-answer';
import { useServices } from '../../ServicesContext';
import { useMtvProject } from '../../MtvProjectContext';
import { useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';

/** What VDDK's image needs, in the project that keeps it. */
const ofImage = ['imageStreams', 'buildConfigs', 'roleBindings'] as const;

/** What is created for ESXi hosts and new bridges, and for what a cluster needs first. */
const rare = ['hosts', 'nodeNetworkConfigurationPolicies', ...platformKinds] as const;
/** Those that no check watches anyway. */
const unwatched: readonly KindId[] = ['hosts', 'nodeNetworkConfigurationPolicies', 'namespaces'];

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
        <CreatedOfKind kind="networkMaps" project={ofProviders} />
        <CreatedForPlatform />
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

/** Of what few users have to create and fewer may see: what there is, and in one line what is not known. */
const CreatedForPlatform = () => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const seen = rare.map((kind) => {
    const query = { list: kind, ...(unwatched.includes(kind) && { labelSelector: ownSelector }) };
    // eslint-disable-next-line react-hooks/rules-of-hooks -- always the same kinds in the same order
    return { kind, watched: useWatch(query) };
  });
  const unknown = seen.filter(({ watched }) => watched.state === 'failed');
  return (
    <>
      {seen.map(({ kind, watched }) => {
        const ours = watched.state === 'loaded' ? (watched.items as readonly KubeObject[]).filter(isOurs) : [];
        return ours.length > 0 && <Created key={kind} kind={kind} watched={{ state: 'loaded', items: ours }} />;
      })}
      {unknown.length > 0 && (
        <DescriptionListGroup>
          <DescriptionListTerm>{t('Not known')}</DescriptionListTerm>
          <DescriptionListDescription>
            {t('You are not permitted to look, or there was no answer: {{list}}.', {
              list: unknown.map(({ kind }) => kinds[kind].kind).join(', '),
            })}
          </DescriptionListDescription>
        </DescriptionListGroup>
      )}
    </>
  );
};

/** Our Secrets in MTV's project, by their metadata alone. Read once: a watch would bring their content into the browser. */
const CreatedSecrets = ({ project }: { readonly project: string }) => {
  const { cluster } = useServices();
  const [answer] = useAnswer(
    () => cluster.list({ list: 'secrets', namespace: project, labelSelector: ownSelector }),
    project,
  );
  return <Created kind="secrets" watched={watchedOf(answer)} project={project} />;
};

const watchedOf = (answer: Result<readonly KubeObject[], ClusterFailure> | undefined): Watched<KubeObject> => {
  if (!answer) return { state: 'loading' };
  return answer.ok ? { state: 'loaded', items: answer.value } : { state: 'failed', failure: answer.error };
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
): ReactNode => {
  switch (watched.state) {
    case 'absent':
      return t('None: this cluster does not have this kind.');
    case 'failed':
      return failureText(t, watched.failure);
    case 'loaded': {
      // MTV's copies of our maps have our labels.
      const items = kind === 'networkMaps' ? watched.items.filter(isOwnMap) : watched.items;
      if (items.length === 0) return project === undefined ? t('None') : t('None in {{project}}', { project });
      return items.map((object, at) => (
        <Fragment key={object.metadata.uid}>
          {at > 0 && ', '}
          <Link to={consolePathOf(kind, object.metadata)}>{nameOf(t, kind, object)}</Link>
        </Fragment>
      ));
    }
  }
};

const nameOf = (t: Translate, kind: KindId, object: KubeObject): string => {
  const { name, namespace, ownerReferences = [] } = object.metadata;
  if (namespace === undefined) return name;
  const release = holderOf(kind, object);
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
