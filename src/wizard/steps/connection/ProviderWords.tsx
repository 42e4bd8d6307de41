import type { ProviderReading } from '../../../domain/connection/provider-status';
import { providerTexts } from '../../../domain/connection/provider-texts';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';

interface ProviderWordsProps {
  readonly reading: ProviderReading;
  /** What is declared is corrected where it is declared. */
  readonly isDeclared: boolean;
}

/** What MTV says of a Provider, and what to do about it. */
export const ProviderWords = ({ reading, isDeclared }: ProviderWordsProps) => {
  const t = useTranslate();
  const { name: mtv } = useMtvProject();
  const { text, remedy } = providerTexts[reading.reason];
  return (
    <>
      {text(t, reading.params)} {!isDeclared && remedy?.(t, reading.params, mtv)}
    </>
  );
};
