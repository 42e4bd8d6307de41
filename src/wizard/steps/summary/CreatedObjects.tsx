import { Content, Skeleton, Title } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import { kinds } from '../../../domain/kinds';
import type { KindId } from '../../../domain/kinds';
import type { KubeObject, Provider } from '../../../domain/objects';
import { ownSelector } from '../../../domain/ownership';
import type { Translate } from '../../../domain/translate';
import { useImageProject } from '../../parts/use-image-project';
import { useServices } from '../../ServicesContext';
import { mtvNamespace } from '../../use-facts';
import { useTranslate } from '../../use-translate';

/** What VDDK's image needs, in the project that keeps it. */
const ofImage = ['imageStreams', 'buildConfigs', 'roleBindings'] as const;

/**
 * Everything this tool created, by its labels, kind by kind. What the user may not see is said to be unknown. Secrets are not
 * listed: that would bring their content into the browser. Each belongs to a Provider, which names it.
 */
export const CreatedObjects = ({ project }: { readonly project: string }) => {
  const t = useTranslate();
  const [imageProject] = useImageProject();
  return (
    <section aria-labelledby="created-objects">
      <Title id="created-objects" headingLevel="h3" size="lg">
        {t('Created by Migration Prep')}
      </Title>
      <Content component="dl">
        <CreatedOfKind kind="providers" namespace={mtvNamespace} />
        {ofImage.map((kind) => (
          <CreatedOfKind key={kind} kind={kind} namespace={imageProject === '' ? mtvNamespace : imageProject} />
        ))}
        <CreatedOfKind kind="networkAttachmentDefinitions" namespace={project === '' ? mtvNamespace : project} />
      </Content>
    </section>
  );
};

interface CreatedOfKindProps {
  readonly kind: KindId;
  readonly namespace: string;
}

const CreatedOfKind = ({ kind, namespace }: CreatedOfKindProps) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const watched = useWatch({ list: kind, namespace, labelSelector: ownSelector });
  const content = () => {
    switch (watched.state) {
      case 'loading':
        return <Skeleton screenreaderText={t('Looking at the cluster…')} width="12rem" />;
      case 'absent':
        return t('None: this cluster does not have this kind.');
      case 'failed':
        return failureText(t, watched.failure);
      case 'loaded':
        return watched.items.length === 0
          ? t('None in {{project}}', { project: namespace })
          : watched.items.map((object) => nameOf(t, object)).join(', ');
    }
  };
  return (
    <>
      <Content component="dt">{kinds[kind].kind}</Content>
      <Content component="dd">{content()}</Content>
    </>
  );
};

const nameOf = (t: Translate, object: KubeObject): string => {
  const { name } = object.metadata;
  const secret = (object as Provider).spec?.secret?.name;
  return secret === undefined ? name : t('{{name}} with Secret {{secret}}', { name, secret });
};
