import { useEffect } from 'react';
import { isNavSection, useResolvedExtensions } from '@openshift-console/dynamic-plugin-sdk';
import type { SetFeatureFlag } from '@openshift-console/dynamic-plugin-sdk';

/** The sections that MTV's console plugin declares, and the flag that keeps ours away where it does (console-extensions.json). */
const flags: Readonly<Record<string, string>> = {
  migration: 'MIGRATION_PREP_BESIDE_MTV',
  'migration-virt-perspective': 'MIGRATION_PREP_BESIDE_MTV_VIRT',
};

/**
 * Tells the console in which perspectives MTV's section stands in the navigation: it does when MTV's plugin is loaded, whatever the
 * cluster serves. Our entry shows itself in that section; where there is none, it needs one of its own.
 */
export const useMtvSections = (setFlag: SetFeatureFlag): void => {
  const [sections] = useResolvedExtensions(isNavSection);
  const present = Object.keys(flags).filter((id) => sections.some(({ properties }) => properties.id === id));
  const said = present.join();
  useEffect(() => {
    for (const [id, flag] of Object.entries(flags)) setFlag(flag, said.split(',').includes(id));
  }, [said, setFlag]);
};
