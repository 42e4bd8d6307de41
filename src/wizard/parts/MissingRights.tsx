import { useState } from 'react';
import { Alert, AlertActionLink, Button, CodeBlock, CodeBlockCode, List, ListItem } from '@patternfly/react-core';
import type { Right } from '../../domain/cluster';
import { rightLines } from '../../domain/rights';
import { rightsObjects, unnamedUser } from '../../domain/rights-objects';
import { yamlDocuments, yamlOf } from '../../domain/yaml';
import { useTranslate } from '../../parts/use-translate';
import { useServices } from '../ServicesContext';
import { YamlActions } from './YamlActions';

interface MissingRightsProps {
  readonly rights: readonly Right[];
  readonly title?: string;
  /** Asks for them anew. */
  readonly onRetry?: () => void;
}

/** Which rights a user lacks, as verbs on resources in projects, and the roles that grant them, to hand over to whoever may do that. */
export const MissingRights = ({ rights, title, onRetry }: MissingRightsProps) => {
  const t = useTranslate();
  const { userName = unnamedUser } = useServices();
  const [isOpen, setOpen] = useState(false);
  const yaml = yamlDocuments(rightsObjects(rights, userName).map(yamlOf));
  return (
    <Alert
      isInline
      component="h3"
      variant="info"
      title={title ?? t('You are not permitted to do this')}
      {...(onRetry && {
        actionLinks: <AlertActionLink onClick={onRetry}>{t('Check my rights again')}</AlertActionLink>,
      })}
    >
      <List aria-label={t('Rights that are missing')}>
        {rightLines(t, rights).map((line) => (
          <ListItem key={line}>{line}</ListItem>
        ))}
      </List>
      <Button
        variant="link"
        isInline
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {t('Roles that grant these rights')}
      </Button>
      {isOpen && (
        <>
          <p>
            {userName === unnamedUser
              ? t(
                  'Give this to an administrator, who replaces {{name}} by your user name. It grants these rights and no others.',
                  {
                    name: unnamedUser,
                  },
                )
              : t('Give this to an administrator. It grants {{user}} these rights and no others.', { user: userName })}
          </p>
          <CodeBlock>
            <CodeBlockCode>{yaml}</CodeBlockCode>
          </CodeBlock>
          <YamlActions file="migration-prep-rights" yaml={yaml} />
        </>
      )}
    </Alert>
  );
};
