import type { HostsProblem } from '../../../domain/hosts/draft';

/** The id of a field of the credentials: the one for all, or that of a host by its moRef. */
export const credentialId = (field: 'user' | 'password', host?: string): string =>
  host === undefined ? `esxi-${field}` : `esxi-${field}-${host}`;

/** Where the focus goes for a problem, as a selector. */
export const placeOf = (problem: HostsProblem): string => {
  switch (problem.field) {
    case 'subnet':
      return '#transfer-subnet';
    case 'hosts':
      return 'input[type="checkbox"]:enabled';
    case 'address':
      return `[id="address-${problem.host}"]`;
    case 'user':
    case 'password':
      return `[id="${credentialId(problem.field, problem.host)}"]`;
    case 'certificate':
      return '#esxi-certificate';
    case 'skip':
      return '#esxi-skip-confirmed';
  }
};

/** What is wrong at a place of the form, in words; `host` is a moRef. */
export type ProblemOf = (field: HostsProblem['field'], host?: string) => string | undefined;
