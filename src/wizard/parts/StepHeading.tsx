import type { ReactNode } from 'react';
import { Content, Title } from '@patternfly/react-core';

interface StepHeadingProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** A step's heading, with what the step is for. */
export const StepHeading = ({ title, children }: StepHeadingProps) => (
  <>
    <Title headingLevel="h2" size="xl">
      {title}
    </Title>
    {children !== undefined && <Content component="p">{children}</Content>}
  </>
);
