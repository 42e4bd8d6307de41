/** Why an archive is refused, before anything is uploaded. */
export interface ArchiveProblem {
  readonly code:
    | 'Empty'
    | 'WindowsZip'
    | 'NotGzip'
    | 'TruncatedGzip'
    | 'NotTar'
    | 'NoDistribution'
    | 'SeveralTopFolders'
    | 'UnsafePath'
    | 'NoLibrary'
    | 'WrongArchitecture'
    | 'TooLarge'
    | 'Cancelled'
    | 'Unreadable';
  /** What was found instead, for the sentence: a path, an architecture, a folder name. */
  readonly found?: string;
}
