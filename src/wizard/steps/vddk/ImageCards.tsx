import { Button, Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useState } from 'react';
import type { ForkliftController, Provider } from '../../../domain/objects';
import type { ImageUse } from '../../../domain/vddk/image-uses';
import { useTranslate } from '../../../parts/use-translate';
import { ImageCard } from './ImageCard';

/** What is asked for about an image that is set. */
export interface Asked {
  readonly image: string;
  readonly what: 'roll-back' | 'remove';
}

interface ImageCardsProps {
  readonly controller: ForkliftController;
  /** The images that are set; empty: all providers go without, by choice. */
  readonly uses: readonly ImageUse[];
  /** All vSphere Providers. */
  readonly providers: readonly Provider[];
  readonly canChange: boolean;
  readonly isFormOpen: boolean;
  readonly openForm: () => void;
  readonly closeForm: () => void;
}

/** Each image that is set somewhere, with what is known of it and what can be done; or that there is none by choice. */
export const ImageCards = ({ uses, isFormOpen, openForm, closeForm, canChange, ...rest }: ImageCardsProps) => {
  const t = useTranslate();
  const [asked, setAsked] = useState<Asked>();
  const replace = (): void => {
    setAsked(undefined);
    openForm();
  };
  const ask = (next: Asked | undefined): void => {
    setAsked(next);
    if (next) closeForm();
  };
  const isOffered = canChange && !isFormOpen && asked === undefined;
  return (
    <>
      {uses.map((use) => (
        <ImageCard
          key={use.image}
          {...rest}
          use={use}
          asked={canChange && asked?.image === use.image ? asked.what : undefined}
          isOffered={isOffered}
          onAsk={ask}
          onReplace={replace}
        />
      ))}
      {uses.length === 0 && (
        <Card component="section" isCompact>
          <CardTitle component="h3">{t('Migrations run without VDDK, by choice')}</CardTitle>
          <CardBody>{t('Every vSphere provider is marked to migrate without VDDK.')}</CardBody>
        </Card>
      )}
      {isOffered && !uses.some(({ isOfMtv }) => isOfMtv) && (
        // A column stretches what is directly in it.
        <div>
          <Button variant="secondary" onClick={replace}>
            {t('Provide an image')}
          </Button>
        </div>
      )}
    </>
  );
};
