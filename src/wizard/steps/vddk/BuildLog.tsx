import { Content } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import type { Build } from '../../../domain/objects';
import { useTranslate } from '../../../parts/use-translate';
import { LogView } from './LogView';
import { useBuildLog } from './use-build-log';

/** What a build writes, as it comes. */
export const BuildLog = ({ build }: { readonly build: Build }) => {
  const t = useTranslate();
  const { failure, ...log } = useBuildLog(build);
  return failure ? (
    <Content component="p">{t('The log cannot be shown. {{why}}', { why: failureText(t, failure) })}</Content>
  ) : (
    <LogView log={log} file={build.metadata.name} />
  );
};
