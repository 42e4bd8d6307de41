import { apiVersionOf, kinds } from '../domain/kinds';

/** Where the console passes requests about a project's builds on. It may itself be served below a path. */
export const buildPath = (project: string): string => {
  const { SERVER_FLAGS: flags } = window as { SERVER_FLAGS?: { basePath?: string } };
  return `${flags?.basePath ?? '/'}api/kubernetes/apis/${apiVersionOf(kinds.builds)}/namespaces/${project}`;
};
