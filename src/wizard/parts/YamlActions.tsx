import { useState } from 'react';
import { Button, Content } from '@patternfly/react-core';
import { useTranslate } from '../../parts/use-translate';
import { saveFile } from './save-file';

interface YamlActionsProps {
  /** Without extension. */
  readonly file: string;
  readonly yaml: string;
}

/** A text of YAML to copy or to keep as a file. */
export const YamlActions = ({ file, yaml }: YamlActionsProps) => {
  const t = useTranslate();
  const [copied, setCopied] = useState<'copied' | 'failed'>();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(yaml);
      setCopied('copied');
    } catch {
      setCopied('failed');
    }
  };
  return (
    <>
      <Button variant="secondary" onClick={() => void copy()}>
        {t('Copy as YAML')}
      </Button>
      <Button
        variant="secondary"
        onClick={() => {
          saveFile(`${file}.yaml`, yaml, 'application/yaml');
        }}
      >
        {t('Download as YAML')}
      </Button>
      <Content component="p" aria-live="polite">
        {copied === 'copied' && t('Copied.')}
        {copied === 'failed' && t('The browser does not let this page copy. Download the file instead.')}
      </Content>
    </>
  );
};
