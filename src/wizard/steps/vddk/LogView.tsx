import { Button, Content, Flex, FlexItem, SearchInput, Switch } from '@patternfly/react-core';
import { DownloadIcon } from '@patternfly/react-icons';
import { Fragment, useEffect, useRef, useState } from 'react';
import { findIn } from '../../../domain/vddk/log-lines';
import type { LogLines } from '../../../domain/vddk/log-lines';
import { saveFile } from '../../parts/save-file';
import { useTranslate } from '../../../parts/use-translate';

interface LogViewProps {
  readonly log: LogLines;
  /** Of the file that can be downloaded, without extension. */
  readonly file: string;
}

/** A log that can be followed, searched and downloaded. Who scrolls back stops following. */
export const LogView = ({ log: { lines, dropped }, file }: LogViewProps) => {
  const t = useTranslate();
  const box = useRef<HTMLPreElement>(null);
  const mark = useRef<HTMLElement>(null);
  const [isFollowed, follow] = useState(true);
  const [wanted, look] = useState('');
  const [nth, go] = useState(0);
  const found = findIn(lines, wanted);
  const marked = new Set(found);
  const at = found.length === 0 ? -1 : nth % found.length;
  useEffect(() => {
    if (isFollowed && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines, isFollowed]);
  useEffect(() => {
    mark.current?.scrollIntoView({ block: 'nearest' });
  }, [at, wanted]);
  const search = (text: string): void => {
    look(text);
    go(0);
    // The place that was found is to stay in view.
    if (text !== '') follow(false);
  };
  const step = (by: number) => () => {
    go((at + by + found.length) % found.length);
  };
  return (
    <>
      <Flex gap={{ default: 'gapMd' }} alignItems={{ default: 'alignItemsCenter' }}>
        <FlexItem>
          <SearchInput
            aria-label={t('Search the log')}
            placeholder={t('Search the log')}
            value={wanted}
            onChange={(_event, text) => {
              search(text);
            }}
            onClear={() => {
              search('');
            }}
            {...(found.length > 0 && {
              resultsCount: t('{{number}} of {{total}}', { number: at + 1, total: found.length }),
              onNextClick: step(1),
              onPreviousClick: step(-1),
              nextNavigationButtonAriaLabel: t('Next match'),
              previousNavigationButtonAriaLabel: t('Previous match'),
            })}
            resetButtonLabel={t('Clear the search')}
          />
        </FlexItem>
        <FlexItem>
          <Switch
            id={`follow-${file}`}
            label={t('Follow')}
            isChecked={isFollowed}
            onChange={(_event, next) => {
              follow(next);
            }}
          />
        </FlexItem>
        <FlexItem>
          <Button
            variant="link"
            isInline
            icon={<DownloadIcon />}
            onClick={() => {
              saveFile(`${file}.log`, lines.join('\n'), 'text/plain');
            }}
          >
            {t('Download log')}
          </Button>
        </FlexItem>
      </Flex>
      <span className="pf-v6-screen-reader" aria-live="polite">
        {wanted !== '' && found.length === 0 && t('Nothing found')}
      </span>
      {dropped > 0 && (
        <Content component="p">{t('{{number}} earlier lines are left out.', { number: dropped })}</Content>
      )}
      {lines.length > 0 && (
        <pre
          ref={box}
          role="log"
          aria-label={t('Log of the build')}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          style={{ maxHeight: '16rem', overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
          onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
            if (scrollHeight - scrollTop - clientHeight >= 16) follow(false);
          }}
        >
          {lines.map((line, number) => (
            <Fragment key={number}>
              {number > 0 && '\n'}
              {marked.has(number) ? (
                <mark ref={number === found[at] ? mark : undefined} aria-current={number === found[at]}>
                  {line}
                </mark>
              ) : (
                line
              )}
            </Fragment>
          ))}
        </pre>
      )}
    </>
  );
};
