import { flawText } from '../../../domain/networks/network-text';
import type { UnfitNetwork } from '../../../domain/networks/arrange-nads';
import { useTranslate } from '../../../parts/use-translate';

interface UnfitNetworksProps {
  readonly unfit: readonly (UnfitNetwork & { readonly name: string })[];
}

/** Networks on the right wire that cannot stand in, and why. Few projects have any. */
export const UnfitNetworks = ({ unfit }: UnfitNetworksProps) => {
  const t = useTranslate();
  return (
    <>
      {unfit.map(({ name, network, flaw }) => (
        <div key={name}>
          {t('{{name}}: cannot be used, because it {{flaw}}', { name, flaw: flawText(t, flaw, network) })}
        </div>
      ))}
    </>
  );
};
