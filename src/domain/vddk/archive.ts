import type { Translate } from '../translate';

/** What the browser found in a VDDK archive before anything of it was uploaded (docs/facts/forklift.md §4, "Files"). */
export interface VddkArchive {
  /** Such as "8.0.3". */
  readonly version: string;
  /** VMware's build number, if the file's name has it: "23950268". */
  readonly build?: string;
  /** The name that conversion loads: "libvixDiskLib.so.8". */
  readonly library: string;
  /** Regular files. */
  readonly files: number;
  /** What these files take on a disk, in bytes. */
  readonly unpackedBytes: number;
  readonly warnings: readonly ArchiveWarning[];
}

/**
 * What to know before such an archive is used. `NeedsNewerMtv`: VDDK 9 has no libvixDiskLib.so.8, which older MTV loads.
 * `NameDisagrees`: the file's name promises another version than its library is.
 */
export type ArchiveWarning =
  | { readonly code: 'NeedsNewerMtv' }
  | { readonly code: 'NameDisagrees'; readonly name: string; readonly version: string };

/** Why a file is not the VDDK archive that a migration needs. Sizes are in bytes, paths as the archive has them. */
export type ArchiveProblem =
  | {
      readonly code:
        | 'Empty'
        | 'WindowsZip'
        | 'NotAnArchive'
        | 'Damaged'
        | 'NoTarInside'
        | 'OnlyMacFiles'
        | 'NoLibrary'
        | 'Only32Bit'
        | 'TooManyFiles';
    }
  | { readonly code: 'FileTooLarge'; readonly bytes: number; readonly limit: number }
  | { readonly code: 'ExpandsTooFar'; readonly limit: number }
  | { readonly code: 'NoDistribFolder' | 'SeveralTopFolders'; readonly found: string }
  | { readonly code: 'UnsafePath' | 'SpecialFile' | 'NotALibrary'; readonly path: string }
  | { readonly code: 'UnsafeLink' | 'LinkBroken'; readonly path: string; readonly target: string }
  | { readonly code: 'LinkMissing'; readonly path: string }
  | { readonly code: 'WrongArchitecture'; readonly machine: number }
  | { readonly code: 'TooOld'; readonly version: string };

/** Why an inspection has no archive to show. `Unreadable`: the browser could not read the file; `Cancelled`: it was stopped. */
export type InspectionFailure = ArchiveProblem | { readonly code: 'Unreadable' | 'Cancelled' };

/** The folder on top of every VDDK for Linux, which the image has to have (docs/facts/forklift.md §4, "Contract"). */
export const distribFolder = 'vmware-vix-disklib-distrib';

/** Processors that somebody may have built for, by their number in an ELF file (gabi.xinuos.com, "e_machine"). */
const machineNames: Readonly<Record<number, string>> = { 21: 'PowerPC', 22: 'IBM Z', 183: 'ARM', 243: 'RISC-V' };

const mebibytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

/** Long enough to recognize a path, short enough for a sentence. */
const shown = (path: string): string => (path.length > 120 ? `${path.slice(0, 119)}…` : path);

/** What is wrong with the file, and the remedy. */
export const archiveProblemText = (t: Translate, problem: InspectionFailure): string => {
  switch (problem.code) {
    case 'Empty':
      return t('This file is empty. Download the archive again, or copy it again from where you have it.');
    case 'FileTooLarge':
      return t(
        'This file is {{size}} MiB; a VDDK archive is smaller than {{limit}} MiB. Choose the archive of VDDK for Linux, VMware-vix-disklib-….x86_64.tar.gz.',
        {
          size: mebibytes(problem.bytes),
          limit: mebibytes(problem.limit),
        },
      );
    case 'WindowsZip':
      return t(
        'This is a zip file: VDDK for Windows comes as one. Choose VDDK for Linux, VMware-vix-disklib-….x86_64.tar.gz.',
      );
    case 'NotAnArchive':
      return t(
        'This is not a .tar.gz archive, whatever its name says. Choose the file VMware-vix-disklib-….x86_64.tar.gz as it was downloaded.',
      );
    case 'Damaged':
      return t(
        'This archive is incomplete or damaged. Download or copy it again, and compare its checksum with the one on the download page.',
      );
    case 'NoTarInside':
      return t(
        'This file is compressed, but contains no tar archive. Choose the file VMware-vix-disklib-….x86_64.tar.gz as it was downloaded.',
      );
    case 'OnlyMacFiles':
      return t(
        'This archive contains only macOS resource files (names that begin with "._"). Choose the archive as it was downloaded.',
      );
    case 'NoLibrary':
      return t(
        'This archive contains no lib64/libvixDiskLib.so, so it is not VDDK. Choose the archive of the Virtual Disk Development Kit for Linux.',
      );
    case 'NoDistribFolder':
      return t(
        'This archive begins with {{found}} instead of the folder {{folder}}. Choose the archive as it was downloaded; a repacked one does not work.',
        {
          found: shown(problem.found),
          folder: distribFolder,
        },
      );
    case 'SeveralTopFolders':
      return t(
        'This archive contains {{found}} next to the folder {{folder}}. Choose the archive as it was downloaded; a repacked one does not work.',
        {
          found: shown(problem.found),
          folder: distribFolder,
        },
      );
    case 'UnsafePath':
      return t(
        "This archive is not safe: {{path}} would be unpacked outside of its folder. VMware's archives have nothing like that. Download it from VMware again.",
        {
          path: shown(problem.path),
        },
      );
    case 'UnsafeLink':
      return t(
        'This archive is not safe: the link {{path}} points to {{target}}, outside of its folder. Make links relative, or choose the archive as it was downloaded.',
        {
          path: shown(problem.path),
          target: shown(problem.target),
        },
      );
    case 'SpecialFile':
      return t(
        "This archive contains {{path}}, which is not a file, a folder or a link. VMware's archives have nothing like that. Download it from VMware again.",
        {
          path: shown(problem.path),
        },
      );
    case 'ExpandsTooFar':
      return t(
        'Unpacked, this archive is larger than {{limit}} MiB, far larger than VDDK. Choose the archive as it was downloaded.',
        {
          limit: mebibytes(problem.limit),
        },
      );
    case 'TooManyFiles':
      return t(
        'This archive contains far more files, or longer names, than VDDK has. Choose the archive as it was downloaded.',
      );
    case 'Only32Bit':
      return t('This is the 32-bit VDDK. Choose the 64-bit one, VMware-vix-disklib-….x86_64.tar.gz.');
    case 'WrongArchitecture':
      return t(
        'The library in this archive is made for {{architecture}}. Migrations run on x86-64: choose VMware-vix-disklib-….x86_64.tar.gz.',
        {
          architecture: machineNames[problem.machine] ?? t('another processor'),
        },
      );
    case 'NotALibrary':
      return t(
        '{{path}} in this archive is not a Linux library. Choose the archive as it was downloaded: some Windows tools replace links with text files.',
        {
          path: shown(problem.path),
        },
      );
    case 'LinkMissing':
      return t(
        'This archive lacks the link {{path}}: a tool without support for links has repacked it. Choose the archive as it was downloaded.',
        {
          path: shown(problem.path),
        },
      );
    case 'LinkBroken':
      return t(
        'The link {{path}} in this archive points to {{target}}, where there is no library. Choose the archive as it was downloaded.',
        {
          path: shown(problem.path),
          target: shown(problem.target),
        },
      );
    case 'TooOld':
      return t('VDDK {{version}} is too old: migrations need 6.5 or later, and 8.0 is recommended.', {
        version: problem.version,
      });
    case 'Unreadable':
      return t(
        'The browser cannot read this file. Check that it still exists, that it is not a folder and that you can read it. Then choose it again.',
      );
    case 'Cancelled':
      return t('The inspection was cancelled.');
  }
};

/** What to know before this archive is used, and what to do about it. */
export const archiveWarningText = (t: Translate, warning: ArchiveWarning): string => {
  switch (warning.code) {
    case 'NeedsNewerMtv':
      return t(
        'VDDK 9 works only with recent releases of Migration Toolkit for Virtualization; with older ones migrations fail while disks are converted. If you are not sure, choose VDDK 8.0.',
      );
    case 'NameDisagrees':
      return t(
        'The file name says VDDK {{name}}, but the library is {{version}}. If you did not expect that, download it again.',
        {
          name: warning.name,
          version: warning.version,
        },
      );
  }
};
