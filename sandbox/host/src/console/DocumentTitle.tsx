import { useEffect } from 'react';

export const DocumentTitle = ({ children }: { children: string }) => {
  useEffect(() => {
    document.title = `${children} · Red Hat OpenShift`;
  }, [children]);
  return null;
};
