import { useState } from 'react';
import { failureText } from '../../../domain/failure';
import { streamChoices } from '../../../domain/vddk/stream-choices';
import type { Choices } from '../../parts/Chooser';
import { useImageProject, useProject } from '../../parts/use-address';
import { useServices } from '../../ServicesContext';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';

/**
 * The tags of ImageStreams in the project of images and in that of the virtual machines. They are asked for when the list is opened; others are
 * typed.
 */
export const useStreamChoices = (): { readonly choices: Choices; readonly onOpen: () => void } => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const { name: mtv } = useMtvProject();
  const [kept] = useImageProject();
  const [target] = useProject();
  const [isWanted, setWanted] = useState(false);
  const [first = mtv, second, third] = [
    ...new Set([kept === '' ? mtv : kept, mtv, ...(target === '' ? [] : [target])]),
  ];
  const queryIn = (namespace: string | undefined) =>
    isWanted && namespace !== undefined ? ({ list: 'imageStreams', namespace } as const) : undefined;
  const one = useWatch(queryIn(first));
  const two = useWatch(queryIn(second));
  const three = useWatch(queryIn(third));
  const seen = [one, ...(second === undefined ? [] : [two]), ...(third === undefined ? [] : [three])];
  const onOpen = (): void => {
    setWanted(true);
  };
  if (!isWanted || seen.some(({ state }) => state === 'loading')) return { choices: { state: 'loading' }, onOpen };
  const loaded = seen.flatMap((each) => (each.state === 'loaded' ? [each.items] : []));
  if (loaded.length > 0) return { choices: { state: 'loaded', items: streamChoices(loaded.flat()) }, onOpen };
  const why =
    one.state === 'failed'
      ? t('The image streams cannot be listed, so type the image. {{why}}', { why: failureText(t, one.failure) })
      : t('This cluster has no image streams. Type the image.');
  return { choices: { state: 'free', why }, onOpen };
};
