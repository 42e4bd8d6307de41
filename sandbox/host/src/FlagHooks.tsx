import { usePluginStore, useResolvedExtensions } from '@openshift/dynamic-plugin-sdk';
import { useCallback } from 'react';
import { isFlagHook } from './extensions';

const FlagHook = ({ handler }: { handler: (setFlag: (flag: string, isOn: boolean) => void) => void }) => {
  const store = usePluginStore();
  handler(
    useCallback(
      (flag, isOn) => {
        store.setFeatureFlags({ [flag]: isOn });
      },
      [store],
    ),
  );
  return null;
};

/** `console.flag/hookProvider`: hooks of plugins that set flags for as long as the console is open. */
export const FlagHooks = () => {
  const [hooks] = useResolvedExtensions(isFlagHook);
  return hooks.map(({ uid, properties }) => <FlagHook key={uid} handler={properties.handler} />);
};
