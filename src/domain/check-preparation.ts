import { findCertificates, pemProblemText } from './connection/pem';
import { normalizeUrl, urlProblemText } from './connection/url';
import { checkName, nameProblemText } from './names';
import { checkNetworksPolicy } from './networks/rules';
import type { DeclaredHost, DeclaredProvider, DeclaredVddk, Preparation } from './preparation';
import type { Text } from './translate';
import { checkImage, isBroken } from './vddk/image';
import { imageProblemText } from './vddk/image-problem-text';

/** One contradiction in what is declared: where it is, below `prepare`, and what would be right. */
export interface PreparationProblem {
  /** Such as `providers[0].url`. */
  readonly path: string;
  readonly text: Text;
}

/** What no schema can say about a declaration. None of it holds a value: an address may hold a password. */
export const checkPreparation = ({ providers, hosts, vddk, networks }: Preparation): readonly PreparationProblem[] => [
  ...providers.flatMap((provider, at) => checkProvider(provider, `providers[${String(at)}]`, providers.slice(0, at))),
  ...hosts.flatMap((host, at) => checkHost(host, `hosts[${String(at)}]`, providers, hosts.slice(0, at))),
  ...(vddk ? checkVddk(vddk) : []),
  ...checkNetworksPolicy(networks),
];

const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text.replaceAll(':', '').trim());

const sha256Text: Text = (t) => t('A SHA-256 has 64 hexadecimal digits.');

/** The problem, where it is one. */
const when = (isWrong: boolean, path: string, text: Text): readonly PreparationProblem[] =>
  isWrong ? [{ path, text }] : [];

const checkProvider = (
  { name, namespace, url, trust }: DeclaredProvider,
  path: string,
  earlier: readonly DeclaredProvider[],
): readonly PreparationProblem[] => {
  const nameProblem = checkName(name);
  const normalized = normalizeUrl(url);
  const isTwice = earlier.some((each) => each.name === name && each.namespace === namespace);
  return [
    ...(nameProblem ? when(true, `${path}.name`, (t) => nameProblemText(t, nameProblem)) : []),
    ...when(isTwice, `${path}.name`, (t) => t('This provider is declared twice.')),
    ...(normalized.ok ? [] : when(true, `${path}.url`, (t) => urlProblemText(t, normalized.error))),
    ...checkTrust(trust, `${path}.certificate`),
  ];
};

const checkTrust = (trust: DeclaredProvider['trust'], path: string): readonly PreparationProblem[] => {
  switch (trust.by) {
    case 'pem': {
      const found = findCertificates(trust.pem);
      return found.ok ? [] : when(true, `${path}.pem`, (t) => pemProblemText(t, found.error));
    }
    case 'fingerprint':
      return when(!isSha256(trust.sha256), `${path}.fingerprint`, sha256Text);
    case 'configMap':
    case 'nothing':
      return [];
  }
};

const checkHost = (
  { provider, host }: DeclaredHost,
  path: string,
  providers: readonly DeclaredProvider[],
  earlier: readonly DeclaredHost[],
): readonly PreparationProblem[] => {
  const named = providers.filter(({ name }) => name === provider).length;
  const isTwice = earlier.some((each) => each.provider === provider && each.host === host);
  return [
    ...when(named === 0, `${path}.provider`, (t) =>
      t('No provider of that name is declared. Declare it under providers.'),
    ),
    ...when(named > 1, `${path}.provider`, (t) =>
      t('Several providers of that name are declared. Give them different names.'),
    ),
    ...when(isTwice, `${path}.host`, (t) => t('This host is declared twice.')),
  ];
};

const checkVddk = (vddk: DeclaredVddk): readonly PreparationProblem[] => {
  if ('image' in vddk) {
    return checkBroken(vddk.image, 'vddk.image');
  }
  return [
    ...when(!/^https:\/\/[^/@\s]+\//i.test(vddk.archiveUrl), 'vddk.archiveUrl', (t) =>
      t('The address must begin with https:// and hold no user or password.'),
    ),
    ...when(!isSha256(vddk.sha256), 'vddk.sha256', sha256Text),
    ...(vddk.baseImage === undefined ? [] : checkBroken(vddk.baseImage, 'vddk.baseImage')),
  ];
};

const checkBroken = (image: string, path: string): readonly PreparationProblem[] => {
  const problem = checkImage(image);
  return problem && isBroken(image) ? when(true, path, (t) => imageProblemText(t, problem)) : [];
};
