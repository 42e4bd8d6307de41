import type { ReactNode } from 'react';
import { Content, Title } from '@patternfly/react-core';
import { ExternalLinkAltIcon } from '@patternfly/react-icons';
import { useTranslate } from '../../parts/use-translate';
import { formWidth } from './form-width';

/** What explains every step, in a section named after it (docs/guide.md). */
const guide = 'https://github.com/migration-prep/migration-prep/blob/main/docs/guide.md';

interface StepHeadingProps {
  readonly title: string;
  /** The step's section of docs/guide.md, without its `#`. */
  readonly help?: string;
  readonly children?: ReactNode;
}

/** A step's heading, with what the step is for and where to read more. */
export const StepHeading = ({ title, help, children }: StepHeadingProps) => {
  const t = useTranslate();
  return (
    <div style={{ maxWidth: formWidth }}>
      <Title headingLevel="h2" size="xl">
        {title}
      </Title>
      {(children !== undefined || help !== undefined) && (
        <Content component="p" style={{ marginBlockStart: 'var(--pf-t--global--spacer--sm)' }}>
          {children}{' '}
          {help !== undefined && (
            <a href={`${guide}#${help}`} target="_blank" rel="noreferrer">
              {t('Help with this step')} <ExternalLinkAltIcon />
            </a>
          )}
        </Content>
      )}
    </div>
  );
};
