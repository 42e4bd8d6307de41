import { useSelector } from 'react-redux';

/** Whether the administrator acts as somebody else. The console keeps that in its store (docs/facts/console-host.md, "XHR upload"). */
export const useIsImpersonating = (): boolean =>
  useSelector((state: { sdkCore?: { impersonate?: unknown } }) => Boolean(state.sdkCore?.impersonate));
