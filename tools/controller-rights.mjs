/** Where a right is given, for people. */
const placeTexts = {
  cluster: 'cluster',
  mtv: 'project of MTV',
  providers: 'projects of MTV and of `prepare.providers`',
  networks: '`prepare.networks.namespaces`, or cluster',
  registry: 'openshift-image-registry',
  trust: 'openshift-config-managed',
  release: 'project of the release',
};

/** Which values switch a part on, for people. */
const partTexts = {
  always: 'always',
  providers: '`prepare.providers`',
  vddk: '`prepare.vddk`',
  hosts: '`prepare.hosts`',
  archive: '`prepare.vddk.archiveUrl`',
  networks: '`prepare.networks.rules`',
  createNamespaces: '`prepare.networks.createNamespaces`',
  removeUnused: '`prepare.networks.removeUnused`',
  virtDefaultClass: '`storage.virtDefaultClass`',
  registry: '`registry.enable`',
  evictionStrategy: '`virtualization.evictionStrategy`',
};

const textOf = (texts, key) => {
  if (!(key in texts))
    throw new Error(`src/domain/controller-rights.ts: ${key} has no words in tools/controller-rights.mjs`);
  return texts[key];
};

const changesNothing = (verb) => ['get', 'list', 'watch'].includes(verb);
const modes = { read: changesNothing, write: (verb) => !changesNothing(verb) };

/** The controller's rights as templates of rules, and as a table for people. */
export const documentRights = (controllerRights, kinds) => {
  const namesIn = (names) =>
    names === 'credentials'
      ? '{{ toJson .credentials }}'
      : `[${names.map((name) => name.replace('{release}', '{{ .release }}')).join(', ')}]`;
  const ruleOf = ({ kind, subresource, names, verbs }) => {
    const { group, plural } = kinds[kind];
    const fields = [
      `apiGroups: [${group === '' ? "''" : group}]`,
      `resources: [${subresource ? `${plural}/${subresource}` : plural}]`,
      ...(names ? [`resourceNames: ${namesIn(names)}`] : []),
      `verbs: [${verbs.join(', ')}]`,
    ];
    return `- { ${fields.join(', ')} }`;
  };
  const rulesIn = (rights, place, isMeant) =>
    rights
      .filter((right) => right.place === place)
      .map((right) => ({ ...right, verbs: right.verbs.filter(isMeant) }))
      .filter(({ verbs }) => verbs.length > 0)
      .map(ruleOf);
  /** One for each place, and for reading and writing. Called with a dict: the parts that are on, the names of credentials, and that of the release. */
  const templates = Object.keys(placeTexts).flatMap((place) =>
    Object.entries(modes).map(([mode, isMeant]) => {
      const parts = Object.entries(controllerRights).map(([part, rights]) => {
        const rules = rulesIn(rights, place, isMeant);
        return rules.length === 0 ? '' : `{{- if has "${part}" .parts }}\n${rules.join('\n')}\n{{- end }}\n`;
      });
      return `{{- define "migration-prep.controller.rights.${place}.${mode}" }}\n${parts.join('')}{{- end }}\n`;
    }),
  );
  const resourceOf = ({ kind, subresource, names = [] }) => {
    const { group, plural } = kinds[kind];
    const named =
      names === 'credentials'
        ? ['`<provider>-credentials`']
        : names.map((name) => name.replace(/{release}.*/, (found) => `\`${found.replace('{release}', '<release>')}\``));
    return `${plural}${group && `.${group}`}${subresource ? `/${subresource}` : ''}${named.map((name) => ` ${name}`).join(',')}`;
  };
  const rows = Object.entries(controllerRights).flatMap(([part, rights]) =>
    rights.map(
      (right) =>
        `| ${textOf(partTexts, part)} | ${resourceOf(right)} | ${right.verbs.join(', ')} | ${textOf(placeTexts, right.place)} | ${right.why} |`,
    ),
  );
  const table = ['| value | resource | verbs | where | why |', '|---|---|---|---|---|', ...rows].join('\n');
  return { templates: templates.join(''), table };
};
