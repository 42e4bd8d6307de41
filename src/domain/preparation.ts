import type { NetworksPolicy } from './networks/rules';

/** How MTV shall trust a vCenter: by certificates in PEM, of a ConfigMap beside the Secret, by the one whose fingerprint is declared, or not at all. */
export type DeclaredTrust =
  | { readonly by: 'pem'; readonly pem: string }
  | { readonly by: 'configMap'; readonly name: string }
  /** SHA-256 of the certificate that the server shows, in hex; colons and case do not matter. */
  | { readonly by: 'fingerprint'; readonly sha256: string }
  | { readonly by: 'nothing' };

/** A vSphere Provider that values or a wishes file declare. */
export interface DeclaredProvider {
  readonly name: string;
  /** `undefined`: MTV's project. */
  readonly namespace: string | undefined;
  /** As it was written; `normalizeUrl` makes MTV's of it. */
  readonly url: string;
  /** Which kind of server the address leads to. */
  readonly endpoint: 'vcenter' | 'esxi';
  /** The Secret with the keys `user` and `password`, in the project of the declaration. */
  readonly secret: string;
  readonly trust: DeclaredTrust;
}

/** An ESXi host that disks are copied from directly. */
export interface DeclaredHost {
  /** Name of a declared Provider. */
  readonly provider: string;
  /** As vSphere names it. */
  readonly host: string;
  /** The network adapter that disks come through: by its name, or by its address. */
  readonly adapter: { readonly name: string } | { readonly ipAddress: string };
  /** The Secret with the keys `user` and `password` of the host itself, in the project of the declaration. */
  readonly secret: string;
}

/** Where the VDDK image comes from, and whether Providers of ours name it too (ARCHITECTURE.md, "Decisions"). */
export type DeclaredVddk = { readonly providers: boolean } & (
  | { readonly image: string }
  | {
      readonly archiveUrl: string;
      /** SHA-256 of the archive, in hex. */
      readonly sha256: string;
      /** The Secret with the keys `user` and `password`, or `token`; `undefined`: the server asks for none. */
      readonly secret: string | undefined;
      /** The ConfigMap with the key `ca-bundle.crt`; `undefined`: the cluster's trusted bundle. */
      readonly caBundle: string | undefined;
      /** The image to build on; `undefined`: the usual one. */
      readonly baseImage: string | undefined;
    }
);

/** What values, or a wishes file, declare about migrations: empty lists and `undefined` declare nothing. */
export interface Preparation {
  readonly providers: readonly DeclaredProvider[];
  readonly hosts: readonly DeclaredHost[];
  readonly vddk: DeclaredVddk | undefined;
  /** How the networks that migration plans name are created. */
  readonly networks: NetworksPolicy;
}
