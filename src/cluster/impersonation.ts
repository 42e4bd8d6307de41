import { useSelector } from 'react-redux';

/** Whether the administrator acts as somebody else. The console keeps that in its store (docs/facts/console-host.md, "XHR upload"). */
export const useIsImpersonating = (): boolean =>
  useSelector((state: { sdkCore?: { impersonate?: unknown } }) => Boolean(state.sdkCore?.impersonate));

interface ConsoleState {
  readonly sdkCore?: {
    readonly user?: { readonly username?: string };
    readonly impersonate?: { readonly kind?: string; readonly name?: string };
  };
}

/** The user's name, or that of whom they act as; `undefined` where only groups are acted for. */
export const useUserName = (): string | undefined =>
  useSelector(({ sdkCore: { user, impersonate } = {} }: ConsoleState) =>
    impersonate ? (impersonate.kind === 'Group' ? undefined : impersonate.name) : user?.username,
  );
