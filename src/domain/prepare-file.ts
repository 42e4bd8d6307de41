import type { NetworksPolicy } from './networks/rules';
import type { DeclaredHost, DeclaredProvider, DeclaredTrust, DeclaredVddk, Preparation } from './preparation';

/** `prepare` of a wishes file that is complete and correct. As in the chart's values, an empty text means not given. */
export interface PrepareFile {
  readonly providers: readonly ProviderFile[];
  readonly hosts: readonly HostFile[];
  readonly vddk: VddkFile;
  readonly networks: NetworksPolicy;
}

interface ProviderFile {
  readonly name: string;
  readonly namespace: string;
  readonly url: string;
  readonly endpoint: DeclaredProvider['endpoint'];
  readonly secret: string;
  /** Exactly one of them is given. */
  readonly certificate: {
    readonly pem: string;
    readonly configMap: string;
    readonly fingerprint: string;
    readonly insecure: boolean;
  };
}

interface HostFile {
  readonly provider: string;
  readonly host: string;
  /** Exactly one of `adapter` and `ipAddress` is given. */
  readonly adapter: string;
  readonly ipAddress: string;
  readonly secret: string;
}

interface VddkFile {
  /** At most one of `image` and `archiveUrl` is given. */
  readonly image: string;
  readonly archiveUrl: string;
  readonly sha256: string;
  readonly secret: string;
  readonly caBundle: string;
  readonly baseImage: string;
  readonly providers: boolean;
}

/** What the file declares. */
export const preparationOf = ({ providers, hosts, vddk, networks }: PrepareFile): Preparation => ({
  providers: providers.map(({ namespace, certificate, ...provider }) => ({
    ...provider,
    namespace: given(namespace),
    trust: trustOf(certificate),
  })),
  hosts: hosts.map(hostOf),
  vddk: vddkOf(vddk),
  networks,
});

const given = (text: string): string | undefined => (text === '' ? undefined : text);

const trustOf = ({ pem, configMap, fingerprint }: ProviderFile['certificate']): DeclaredTrust => {
  if (pem !== '') return { by: 'pem', pem };
  if (configMap !== '') return { by: 'configMap', name: configMap };
  return fingerprint === '' ? { by: 'nothing' } : { by: 'fingerprint', sha256: fingerprint };
};

const hostOf = ({ provider, host, adapter, ipAddress, secret }: HostFile): DeclaredHost => ({
  provider,
  host,
  adapter: adapter === '' ? { ipAddress } : { name: adapter },
  secret,
});

const vddkOf = ({ image, archiveUrl, providers, ...archive }: VddkFile): DeclaredVddk | undefined => {
  if (image !== '') return { providers, image };
  if (archiveUrl === '') return undefined;
  const { sha256, secret, caBundle, baseImage } = archive;
  return {
    providers,
    archiveUrl,
    sha256: sha256.toLowerCase(),
    secret: given(secret),
    caBundle: given(caBundle),
    baseImage: given(baseImage),
  };
};
