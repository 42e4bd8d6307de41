import type { Translate } from '../translate';
import { nadText, networkText } from './network-text';
import type { NameTaken } from './plan-nads';

/** Why nothing was created, with both contents. */
export const nameTakenText = (t: Translate, { name, present, network }: NameTaken): string =>
  t(
    'Project {{project}} already has another network named {{name}}: {{present}}. Needed: {{wanted}}. Give the new network another name, or skip the port group.',
    {
      project: present.metadata.namespace ?? '',
      name,
      present: nadText(t, present),
      wanted: networkText(t, network),
    },
  );
