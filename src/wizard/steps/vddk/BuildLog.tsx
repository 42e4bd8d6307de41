import { useEffect, useRef } from 'react';
import { Content } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import type { Build } from '../../../domain/objects';
import { useTranslate } from '../../../parts/use-translate';
import { useBuildLog } from './use-build-log';

/** What a running build writes, as it comes. It stays at the end unless the reader scrolls back. */
export const BuildLog = ({ build }: { readonly build: Build }) => {
  const t = useTranslate();
  const { lines, failure } = useBuildLog(build);
  const text = lines.join('\n');
  return failure ? (
    <Content component="p">{t('The log cannot be shown. {{why}}', { why: failureText(t, failure) })}</Content>
  ) : (
    <Lines text={text} />
  );
};

/** Lines of a log, in a box of their own. */
export const Lines = ({ text }: { readonly text: string }) => {
  const t = useTranslate();
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  if (text === '') return null;
  return (
    <pre
      ref={box}
      role="log"
      aria-label={t('Log of the build')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      style={{ maxHeight: '16rem', overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 16;
      }}
    >
      {text}
    </pre>
  );
};
