import type { Seen } from './cluster';
import type { exportFilesNeeds } from './export-files';
import { kinds } from './kinds';
import { platformKinds } from './made-kinds';
import { isOurs } from './ownership';
import { seenAs } from './seen-as';
import { ownClaim } from './storage/plan-registry';
import { readVirtDefault, virtDefaultAnnotation } from './storage/virt-default';
import type { Text } from './translate';

/** What the objects of an export do not bring about, because it is set on objects of others or was created by others. */
export const objectNotes = (seen: Seen<typeof exportFilesNeeds>): readonly Text[] => {
  const { reason, used = '' } = readVirtDefault(seen.classes);
  const others = platformKinds.flatMap((kind) =>
    kind === 'namespaces' || kind === 'operatorGroups'
      ? []
      : seen[seenAs[kind]].filter((each) => !isOurs(each)).map(({ metadata }) => ({ kind, name: metadata.name })),
  );
  return [
    ...(reason === 'VirtDefaultSet'
      ? [
          ((t) =>
            t(
              'StorageClass {{name}} is not among the objects. Mark it in the step Prerequisites, or run `kubectl annotate storageclass {{name}} {{annotation}}=true`.',
              { name: used, annotation: virtDefaultAnnotation },
            )) satisfies Text,
        ]
      : []),
    ...(seen.registry?.spec?.storage?.pvc?.claim === ownClaim
      ? [
          ((t) =>
            t('The image registry is not among the objects. Switch it on in the step Prerequisites.')) satisfies Text,
        ]
      : []),
    ...(seen.providers.some(isOurs)
      ? [
          ((t) =>
            t(
              'A Secret that you fill in and apply yourself does not belong to its Provider. When you delete the Provider, delete the Secret as well.',
            )) satisfies Text,
        ]
      : []),
    ...others.map(
      ({ kind, name }): Text =>
        (t) =>
          t('{{kind}} {{name}} was not created by Migration Prep, so it is not among the objects.', {
            kind: kinds[kind].kind,
            name,
          }),
    ),
  ];
};
