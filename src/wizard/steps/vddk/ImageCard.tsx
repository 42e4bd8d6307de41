import {
  Alert,
  Button,
  Card,
  CardBody,
  CardFooter,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Flex,
  Stack,
} from '@patternfly/react-core';
import { useId } from 'react';
import type { ReactNode } from 'react';
import type { ForkliftController, Provider } from '../../../domain/objects';
import type { Translate } from '../../../domain/translate';
import type { Maker } from '../../../domain/vddk/image-facts';
import type { ImageUse } from '../../../domain/vddk/image-uses';
import { isBroken, isPinned } from '../../../domain/vddk/image';
import { readRollout } from '../../../domain/vddk/rollout';
import { ConsoleLink } from '../../parts/ConsoleLink';
import { OnDemand } from '../../parts/OnDemand';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';
import type { Asked } from './ImageCards';
import { Pulling } from './Pulling';
import { SetAtProviders } from './SetAtProviders';
import { timeText } from './time-text';
import { useImageFacts } from './use-image-facts';
import { VersionDoubts } from './VersionDoubts';

/** The way back to an earlier image, or to none. */
const loadImageChange = async () => (await import('./ImageChange')).ImageChange;

interface ImageCardProps {
  readonly controller: ForkliftController;
  readonly use: ImageUse;
  /** All vSphere Providers. */
  readonly providers: readonly Provider[];
  /** What is asked for about this image. */
  readonly asked: Asked['what'] | undefined;
  /** Whether something can be asked for now. */
  readonly isOffered: boolean;
  readonly onAsk: (asked: Asked | undefined) => void;
  readonly onReplace: () => void;
}

/** An image that is set: where, what is known of it, who can pull it, and what can be done about it. */
export const ImageCard = ({ controller, use, providers, asked, isOffered, onAsk, onReplace }: ImageCardProps) => {
  const t = useTranslate();
  const id = useId();
  const { image, isOfMtv } = use;
  const { facts, previous } = useImageFacts(image);
  const { place, digest, maker, version, archive, builtAt } = facts;
  const unknown = t('Not known');
  return (
    <Card component="section" isCompact aria-labelledby={id}>
      <CardTitle component="h3" id={id}>
        {isOfMtv ? t('VDDK image of MTV') : t('VDDK image of {{providers}}', { providers: namesOf(use.providers) })}
      </CardTitle>
      <CardBody>
        <Stack hasGutter>
          {isOfMtv && <Rollout controller={controller} />}
          <DescriptionList isCompact orientation={{ md: 'horizontal' }}>
            <Fact term={t('Image')}>{image.split('@')[0]}</Fact>
            <Fact term={t('Digest')}>{digest ?? unknown}</Fact>
            <Fact term={t('Image stream')}>
              {place ? (
                <ConsoleLink
                  kind="imageStreams"
                  object={{ metadata: { name: place.stream, namespace: place.project } }}
                />
              ) : (
                t('None: it is in a registry outside of this cluster.')
              )}
            </Fact>
            <Fact term={t('VDDK version')}>{version ?? unknown}</Fact>
            <Fact term={t('Pushed')}>{builtAt === undefined ? unknown : timeText(builtAt)}</Fact>
            <Fact term={t('Built by')}>{makerText(t, maker, archive)}</Fact>
            <Fact term={t('Set at')}>
              {[...(isOfMtv ? [t("MTV's settings")] : []), ...use.providers.map(({ metadata }) => metadata.name)].join(
                ', ',
              )}
            </Fact>
          </DescriptionList>
          {!isPinned(image) && !isBroken(image) && (
            <Alert
              isInline
              isPlain
              component="h4"
              variant="warning"
              title={t('This tag may move to another image, and MTV would not notice. Set the image by its digest.')}
            />
          )}
          {maker === 'mtv' && (
            <Alert
              isInline
              component="h4"
              variant="warning"
              title={t("MTV's own uploader built this image: treat it like a password")}
            >
              {t(
                'Its builds leave the token of a service account in the image. Do not copy the image to other registries. Replace it by one that is built here, then delete it.',
              )}
            </Alert>
          )}
          {/* MTV's inventory tells nothing while MTV restarts. */}
          {version !== undefined && readRollout(controller) === 'idle' && (
            <VersionDoubts version={version} providers={isOfMtv ? providers : use.providers} />
          )}
          {place && <Pulling project={place.project} />}
          {isOfMtv && <SetAtProviders controller={controller} providers={providers} canChange={isOffered} />}
          {asked && (
            <OnDemand
              load={loadImageChange}
              props={{
                controller,
                use,
                to: asked === 'roll-back' ? previous : undefined,
                onClose: () => {
                  onAsk(undefined);
                },
              }}
            />
          )}
        </Stack>
      </CardBody>
      {isOffered && (
        <CardFooter>
          <Flex gap={{ default: 'gapMd' }}>
            {isOfMtv && (
              <Button variant="secondary" onClick={onReplace}>
                {t('Replace')}
              </Button>
            )}
            {isOfMtv && previous && (
              <Button
                variant="secondary"
                onClick={() => {
                  onAsk({ image, what: 'roll-back' });
                }}
              >
                {t('Roll back')}
              </Button>
            )}
            <Button
              variant="secondary"
              onClick={() => {
                onAsk({ image, what: 'remove' });
              }}
            >
              {t('Remove')}
            </Button>
          </Flex>
        </CardFooter>
      )}
    </Card>
  );
};

const namesOf = (providers: readonly Provider[]): string => providers.map(({ metadata }) => metadata.name).join(', ');

const Fact = ({ term, children }: { readonly term: string; readonly children: ReactNode }) => (
  <DescriptionListGroup>
    <DescriptionListTerm>{term}</DescriptionListTerm>
    <DescriptionListDescription style={{ overflowWrap: 'anywhere' }}>{children}</DescriptionListDescription>
  </DescriptionListGroup>
);

const makerText = (t: Translate, maker: Maker, archive: string | undefined): string => {
  switch (maker) {
    case 'ours':
      return archive === undefined ? t('Migration Prep') : t('Migration Prep, from {{archive}}', { archive });
    case 'mtv':
      return t("MTV's own uploader");
    case 'others':
      return t('Neither Migration Prep nor MTV');
    case undefined:
      return t('Not known');
  }
};

/** Whether MTV's controller works with its image already. */
const Rollout = ({ controller }: { readonly controller: ForkliftController }) => {
  const t = useTranslate();
  const { name: mtv } = useMtvProject();
  const shown = {
    idle: { variant: 'success', title: t('MTV uses this image') },
    busy: {
      variant: 'info',
      title: t('MTV is rolling this image out: its controller restarts, which takes a minute or two'),
    },
    failed: {
      variant: 'danger',
      title: t('MTV could not roll this image out. Check the log of its operator in {{project}}.', { project: mtv }),
    },
  } as const;
  const { variant, title } = shown[readRollout(controller)];
  return <Alert isInline isPlain isLiveRegion component="h4" variant={variant} title={title} />;
};
