import type { Translate } from '../translate';
import { archiveWarningText } from './archive';

/** What speaks against a version of VDDK. `vcenter`: the version of that vSphere Provider's vCenter or ESXi host. */
export type VersionDoubt =
  | {
      readonly code: 'VsphereTooOld' | 'VsphereTooNew';
      readonly version: string;
      readonly vcenter: string;
      readonly provider: string;
    }
  | { readonly code: 'MtvTooOld'; readonly version: string; readonly mtv: string }
  | { readonly code: 'NeedsNewerMtv' };

/** What VDDK is judged against; what is not known is left out, and nothing is said about it. */
export interface VersionWorld {
  readonly servers: readonly { readonly provider: string; readonly version: string }[];
  /** Of MTV, such as 2.12.1. */
  readonly mtv: string | undefined;
}

/** Versions of vSphere in their order, by which VMware counts: 8.0 stands for all of 8. */
const generations = ['5.5', '6.0', '6.5', '6.7', '7.0', '8.0', '9.0'];

/** Where a version is among them; -1: it is none of them. */
const generationOf = (version: string): number => {
  const [, major = '', minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return generations.indexOf(Number(major) >= 7 ? `${major}.0` : `${major}.${minor}`);
};

/**
 * By VMware's rule a VDDK works with two versions of vSphere before its own and one after. MTV 2.7 loads libvixDiskLib.so.8, which VDDK 9 lacks;
 * which newer MTV takes VDDK 9 is not settled (docs/facts/forklift.md §4, "Compatibility").
 */
export const judgeVersion = (version: string, { servers, mtv }: VersionWorld): readonly VersionDoubt[] => {
  const own = generationOf(version);
  const doubts: VersionDoubt[] = servers.flatMap(({ provider, version: vcenter }) => {
    const other = generationOf(vcenter);
    if (own < 0 || other < 0 || (other >= own - 2 && other <= own + 1)) return [];
    return [{ code: other < own ? 'VsphereTooOld' : 'VsphereTooNew', version, vcenter, provider } as const];
  });
  if (!(Number(version.split('.')[0]) >= 9)) return doubts;
  const [, minor] = /^2\.(\d+)(?:\.|$)/.exec(mtv ?? '') ?? [];
  return [
    ...doubts,
    mtv !== undefined && minor !== undefined && Number(minor) <= 7
      ? { code: 'MtvTooOld', version, mtv }
      : { code: 'NeedsNewerMtv' },
  ];
};

/** What does not fit, and what to do. */
export const versionDoubtText = (t: Translate, doubt: VersionDoubt): string => {
  switch (doubt.code) {
    case 'VsphereTooOld':
      return t(
        'VDDK {{version}} is not made for vSphere {{vcenter}} of provider {{provider}}, which is too old for it. Use an older VDDK.',
        { version: doubt.version, vcenter: doubt.vcenter, provider: doubt.provider },
      );
    case 'VsphereTooNew':
      return t(
        'VDDK {{version}} is not made for vSphere {{vcenter}} of provider {{provider}}, which is too new for it. Use a newer VDDK.',
        { version: doubt.version, vcenter: doubt.vcenter, provider: doubt.provider },
      );
    case 'MtvTooOld':
      return t(
        'MTV {{mtv}} cannot load VDDK {{version}}: disks would fail to convert. Use VDDK 8.0, or update Migration Toolkit for Virtualization.',
        { mtv: doubt.mtv, version: doubt.version },
      );
    case 'NeedsNewerMtv':
      return archiveWarningText(t, doubt);
  }
};
