import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import values from '../../charts/migration-prep/values.schema.json';
import { operatorIds, operators, suggestedNamespace } from '../domain/operators/operator';
import { operatorsOwnClaim } from '../domain/storage/plan-registry';
import { readWishes } from './read-wishes';

test.each<[string, unknown, readonly string[]]>([
  ['a list', [], ['The file has a value that is not allowed. Allowed: keys with values.']],
  [
    'an unknown part',
    { operator: {} },
    [
      'operator is not a known key. Known keys: operators, namespaceLabels, storage, registry, virtualization, prepare.',
    ],
  ],
  [
    'an unknown operator',
    { operators: { odf: {} } },
    ['operators.odf is not a known key. Known keys: lvms, mtv, nmstate, cnv.'],
  ],
  [
    'a wrong mode',
    { operators: { mtv: { mode: true } } },
    ['operators.mtv.mode has a value that is not allowed. Allowed: install, adopt, skip.'],
  ],
  [
    'a number where a text belongs',
    { operators: { mtv: { channel: 4.2 } } },
    ['operators.mtv.channel has a value that is not allowed. Allowed: text.'],
  ],
  [
    'an empty catalog',
    { operators: { mtv: { source: '' } } },
    ['operators.mtv.source has a value that is not allowed. Allowed: a name of lowercase letters, digits and hyphens.'],
  ],
  [
    'a disk by its name',
    { operators: { lvms: { operand: { paths: ['/dev/sda', 'sdb'] } } } },
    [
      'operators.lvms.operand.paths[1] has a value that is not allowed. Allowed: a path under /dev, preferably under /dev/disk/by-id.',
    ],
  ],
  [
    'half a thin pool',
    { operators: { lvms: { operand: { thinPool: { sizePercent: 5 } } } } },
    [
      'operators.lvms.operand.thinPool.sizePercent has a value that is not allowed. Allowed: a whole number from 10 to 100.',
    ],
  ],
  [
    'a thin pool without a name',
    { operators: { lvms: { operand: { thinPool: { name: '' } } } } },
    ['operators.lvms.operand.thinPool.name has a value that is not allowed. Allowed: text.'],
  ],
  [
    'nothing where keys belong',
    { operators: { mtv: null } },
    ['operators.mtv has a value that is not allowed. Allowed: keys with values.'],
  ],
  [
    'the settings of a Subscription where values have them',
    { operators: { nmstate: { subscription: {} } } },
    [
      'operators.nmstate.subscription is not a known key. Known keys: mode, namespace, channel, startingCSV, operand, source, sourceNamespace, installPlanApproval, nodeSelector, tolerations.',
    ],
  ],
  [
    'less than no time',
    { operators: { cnv: { tolerations: [{ tolerationSeconds: -1 }] } } },
    ['operators.cnv.tolerations[0].tolerationSeconds has a value that is not allowed. Allowed: a whole number from 0.'],
  ],
  [
    'a word for a flag of MTV',
    { operators: { mtv: { operand: { settings: { feature_ui_plugin: 'yes' } } } } },
    ['operators.mtv.operand.settings.feature_ui_plugin has a value that is not allowed. Allowed: true or false.'],
  ],
  [
    'a setting of the operator itself',
    { operators: { mtv: { operand: { settings: { olm_managed: true } } } } },
    [
      'operators.mtv.operand.settings.olm_managed has a value that is not allowed. Allowed: nothing: this setting belongs to the operator.',
    ],
  ],
  [
    'a list as a setting',
    { operators: { mtv: { operand: { settings: { x: [] } } } } },
    ['operators.mtv.operand.settings.x has a value that is not allowed. Allowed: text, a whole number, true or false.'],
  ],
  [
    'a label with dots',
    { namespaceLabels: { 'argocd.argoproj.io/managed-by': 1 } },
    ['namespaceLabels."argocd.argoproj.io/managed-by" has a value that is not allowed. Allowed: text.'],
  ],
  [
    "the claim of the registry's operator",
    { registry: { claim: operatorsOwnClaim } },
    [
      "registry.claim has a value that is not allowed. Allowed: a name other than image-registry-storage, which the registry's operator reserves for its own claim.",
    ],
  ],
  [
    'a size',
    { registry: { size: '100 GB' } },
    ['registry.size has a value that is not allowed. Allowed: a size such as 100Gi.'],
  ],
  [
    'case 28: a toleration of the disks',
    { operators: { lvms: { operand: { tolerations: [{ key: 'infra', operator: 'In' }] } } } },
    ['operators.lvms.operand.tolerations[0].operator has a value that is not allowed. Allowed: Exists, Equal.'],
  ],
  [
    'a toleration',
    { operators: { cnv: { tolerations: [{ effect: 'Never' }] } } },
    [
      'operators.cnv.tolerations[0].effect has a value that is not allowed. Allowed: NoSchedule, PreferNoSchedule, NoExecute.',
    ],
  ],
  [
    'several at once',
    { storage: { virtDefaultClass: 'Not Good', unsetOthers: 'yes' }, virtualization: { evictionStrategy: 'Never' } },
    [
      'storage.virtDefaultClass has a value that is not allowed. Allowed: a name of lowercase letters, digits and hyphens.',
      'storage.unsetOthers has a value that is not allowed. Allowed: true or false.',
      'virtualization.evictionStrategy has a value that is not allowed. Allowed: LiveMigrate, LiveMigrateIfPossible, None, External.',
    ],
  ],
])('%s', (_, content, sentences) => {
  const read = readWishes(content);
  expect(read.ok ? [] : read.error).toEqual(sentences);
});

const vcenter = { name: 'vc', url: 'https://vc.example.com/sdk', secret: 'vc', certificate: { configMap: 'ca' } };
const esxi = { provider: 'vc', host: 'esxi-01', adapter: 'vmk1', secret: 'esxi' };
const archiveUrl = 'https://files.example.com/vddk.tar.gz';
const sha256 = 'AB'.repeat(32);
const rule = { bridge: 'br1' };

describe('prepare', () => {
  test.each<[string, object, readonly string[]]>([
    [
      'half a provider',
      { providers: [{ name: 'vc' }] },
      ['url', 'secret', 'certificate'].map((key) => `providers[0].${key} is missing.`),
    ],
    [
      'no certificate',
      { providers: [{ ...vcenter, certificate: {} }] },
      [
        'providers[0].certificate has a value that is not allowed. Allowed: exactly one of pem, configMap, fingerprint and insecure: true.',
      ],
    ],
    [
      'two certificates',
      { providers: [vcenter, { ...vcenter, name: 'vc2', certificate: { configMap: 'ca', insecure: true } }] },
      [
        'providers[1].certificate has a value that is not allowed. Allowed: exactly one of pem, configMap, fingerprint and insecure: true.',
      ],
    ],
    [
      'half a fingerprint',
      { providers: [{ ...vcenter, certificate: { fingerprint: 'AB:CD' } }] },
      [
        'providers[0].certificate.fingerprint has a value that is not allowed. Allowed: a SHA-256 fingerprint of 64 hexadecimal digits, with or without colons.',
      ],
    ],
    [
      'a password in an address',
      { providers: [{ ...vcenter, url: 'https://me:secret@vc.example.com/sdk' }] },
      [
        'providers[0].url has a value that is not allowed. Allowed: an address that begins with https://, without user and password.',
      ],
    ],
    [
      'two providers of one name',
      { providers: [vcenter, vcenter] },
      ['providers[1].name: This provider is declared twice.'],
    ],
    [
      'a host of nobody',
      { providers: [vcenter], hosts: [{ ...esxi, provider: 'vcenter' }] },
      ['hosts[0].provider: No provider of that name is declared. Declare it under providers.'],
    ],
    [
      'a host with two adapters',
      { providers: [vcenter], hosts: [{ ...esxi, ipAddress: '10.0.0.1' }] },
      ['hosts[0] has a value that is not allowed. Allowed: exactly one of adapter and ipAddress.'],
    ],
    [
      'a host without an adapter',
      { providers: [vcenter], hosts: [{ ...esxi, adapter: '' }] },
      ['hosts[0] has a value that is not allowed. Allowed: exactly one of adapter and ipAddress.'],
    ],
    [
      'an image and an archive',
      { vddk: { image: 'registry.example.com/vddk:8', archiveUrl, sha256 } },
      ['vddk has a value that is not allowed. Allowed: either image or archiveUrl, not both.'],
    ],
    [
      'an archive without its sum',
      { vddk: { archiveUrl } },
      ['vddk has a value that is not allowed. Allowed: archiveUrl together with the sha256 of the archive.'],
    ],
    [
      'a rule with both and one with neither',
      { networks: { rules: [{ bridge: 'br1', mapping: 'physnet' }, {}] } },
      [0, 1].map(
        (at) =>
          `networks.rules[${String(at)}] has a value that is not allowed. Allowed: exactly one of bridge and mapping.`,
      ),
    ],
    [
      'a VLAN that is none',
      { networks: { rules: [{ ...rule, vlan: 4095 }] } },
      [
        'networks.rules[0].vlan has a value that is not allowed. Allowed: VLANs from 1 to 4094 such as 100-199,300, or untagged.',
      ],
    ],
    [
      'ranges that are none',
      { networks: { rules: [rule, { ...rule, vlan: '0-5,7,9-8,4000-4095' }] } },
      [
        'networks.rules[1].vlan: "0-5" has VLAN 0, which means no tag in vSphere. Write untagged.',
        'networks.rules[1].vlan: In "9-8" the higher VLAN comes first. Write the lower one first.',
        'networks.rules[1].vlan: "4000-4095" is out of range. VLANs go from 1 to 4094.',
      ],
    ],
    [
      'an MTU that nothing has',
      { networks: { rules: [{ ...rule, mtu: 68 }] } },
      ['networks.rules[0].mtu has a value that is not allowed. Allowed: 0, or a whole number from 1280 to 65535.'],
    ],
    [
      'a project to be made that may not be used',
      { networks: { namespaces: ['vms'], createNamespaces: ['vms', 'more'] } },
      [
        'networks.createNamespaces[1]: more is not in prepare.networks.namespaces, so no network may be created there. Add it there too.',
      ],
    ],
  ])('%s is refused', (_, prepare, sentences) => {
    const read = readWishes({ prepare });
    expect(read.ok ? [] : read.error).toEqual(sentences.map((sentence) => `prepare.${sentence}`));
  });

  test('what is declared reaches the wishes', () => {
    const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
    const insecure = { ...vcenter, name: 'lab', namespace: 'team', endpoint: 'esxi', certificate: { insecure: true } };
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const read = readWishes({
      prepare: {
        providers: [
          vcenter,
          insecure,
          { ...vcenter, name: 'pem', certificate: { pem } },
          { ...vcenter, name: 'print', certificate: { fingerprint } },
        ],
        hosts: [esxi, { ...esxi, host: 'esxi-02', adapter: '', ipAddress: '10.0.0.2' }],
        vddk: { archiveUrl, sha256, secret: 'archive', providers: false },
        networks: {
          rules: [
            { ...rule, vlan: 300 },
            { mapping: 'physnet', vlan: 'untagged', mtu: 9000 },
          ],
        },
      },
    });
    const { certificate, ...known } = vcenter;
    expect(read).toMatchObject({
      ok: true,
      value: {
        preparation: {
          providers: [
            {
              ...known,
              endpoint: 'vcenter',
              namespace: undefined,
              trust: { by: 'configMap', name: certificate.configMap },
            },
            { ...known, name: 'lab', endpoint: 'esxi', namespace: 'team', trust: { by: 'nothing' } },
            { name: 'pem', trust: { by: 'pem', pem } },
            { name: 'print', trust: { by: 'fingerprint', sha256: fingerprint } },
          ],
          hosts: [
            { provider: 'vc', host: 'esxi-01', adapter: { name: 'vmk1' }, secret: 'esxi' },
            { provider: 'vc', host: 'esxi-02', adapter: { ipAddress: '10.0.0.2' }, secret: 'esxi' },
          ],
          vddk: {
            archiveUrl,
            sha256: sha256.toLowerCase(),
            secret: 'archive',
            caBundle: undefined,
            baseImage: undefined,
            providers: false,
          },
          networks: {
            rules: [
              { ...rule, vlan: 300 },
              { portGroup: '', mapping: 'physnet', vlan: 'untagged', mtu: 9000, macspoofchk: true },
            ],
            removeUnused: false,
          },
        },
      },
    });
  });

  test('what docs/controller.md shows is right', () => {
    const text = readFileSync(join(__dirname, '../../docs/controller.md'), 'utf8');
    const shown = [...text.matchAll(/```yaml\n([^]*?)```/g)]
      .map(([, block = '']) => parse(block) as { readonly prepare?: object })
      .filter(({ prepare }) => prepare !== undefined);
    expect(shown.map(({ prepare }) => readWishes({ prepare }))).toEqual(
      shown.map(() => expect.objectContaining({ ok: true }) as unknown),
    );
    expect(shown).toHaveLength(2);
  });

  test('nothing is declared where nothing is said', () => {
    expect(readWishes({})).toMatchObject({
      value: { preparation: { providers: [], hosts: [], vddk: undefined, networks: { rules: [], namespaces: [] } } },
    });
  });
});

test.each([[null], [undefined], [{}], [{ operators: {} }], [{ registry: { size: '10Gi' } }]])(
  '%p wishes nothing',
  (content) => {
    expect(readWishes(content)).toMatchObject({
      ok: true,
      value: {
        operators: { lvms: { mode: 'skip' }, mtv: { mode: 'skip' }, nmstate: { mode: 'skip' }, cnv: { mode: 'skip' } },
        operands: {},
        virtDefault: undefined,
        registry: undefined,
        evictionStrategy: undefined,
      },
    });
  },
);

const subscription = {
  source: 'redhat-operators',
  sourceNamespace: 'openshift-marketplace',
  installPlanApproval: 'Automatic',
  namespaceLabels: {},
};

test("what is left out has the defaults of the chart's values", () => {
  const file = {
    operators: {
      lvms: { mode: 'install' },
      mtv: { mode: 'adopt', operand: { settings: { feature_x: false, number: 3, text: '' } } },
      cnv: { mode: 'install', operand: { create: false } },
    },
    registry: { enable: true },
    storage: { virtDefaultClass: 'lvms' },
  };
  const before = structuredClone(file);
  expect(readWishes(file)).toEqual({
    ok: true,
    value: {
      operators: {
        lvms: { mode: 'install', ...subscription },
        mtv: { mode: 'adopt', ...subscription },
        nmstate: { mode: 'skip', ...subscription },
        cnv: { mode: 'install', ...subscription },
      },
      operands: {
        lvms: {
          id: 'lvms',
          lvm: {
            create: true,
            name: 'lvmcluster-sample',
            deviceClass: 'vg1',
            paths: [],
            optionalPaths: [],
            allEmptyDisks: false,
            fstype: 'xfs',
            nodeSelector: {},
            tolerations: [],
            thinPool: { name: 'thin-pool-1', sizePercent: 90, overprovisionRatio: 10 },
          },
        },
        // MTV's flags are texts.
        mtv: { id: 'mtv', settings: { feature_ui_plugin: 'true', feature_x: 'false', number: 3, text: '' } },
        nmstate: undefined,
        cnv: undefined,
      },
      registry: { claim: 'image-registry-migration-prep', size: '100Gi', accessMode: 'ReadWriteOnce' },
      virtDefault: { className: 'lvms', unsetOthers: false },
      evictionStrategy: undefined,
      preparation: {
        providers: [],
        hosts: [],
        vddk: undefined,
        networks: { rules: [], namespaces: [], createNamespaces: [], removeUnused: false },
      },
    },
  });
  expect(file).toEqual(before);
});

test('what is empty is left out, as in values', () => {
  const empty = { channel: '', startingCSV: '', nodeSelector: {}, tolerations: [] };
  const read = readWishes({
    operators: { mtv: { mode: 'install', ...empty } },
    registry: { enable: true, storageClass: '' },
    storage: { virtDefaultClass: '' },
    virtualization: { evictionStrategy: '' },
  });
  if (!read.ok) throw new Error(read.error.join());
  const { operators: wished, registry, virtDefault, evictionStrategy } = read.value;
  expect(wished.mtv).toEqual({ mode: 'install', ...subscription });
  expect(registry).toEqual({ claim: 'image-registry-migration-prep', size: '100Gi', accessMode: 'ReadWriteOnce' });
  expect([virtDefault, evictionStrategy]).toEqual([undefined, undefined]);
});

test('one object in two places, as an alias of YAML is, gets the defaults of either place', () => {
  const install = { mode: 'install' };
  expect(readWishes({ operators: { mtv: install, nmstate: install } })).toMatchObject({
    ok: true,
    value: {
      operands: { mtv: { id: 'mtv', settings: { feature_ui_plugin: 'true' } }, nmstate: { id: 'nmstate' } },
    },
  });
});

test('what is wished reaches the wishes', () => {
  const wish = {
    mode: 'install',
    namespace: 'here',
    channel: 'stable',
    startingCSV: 'x.v1',
    ...{ source: 'own', sourceNamespace: 'catalogs', installPlanApproval: 'Manual' },
    nodeSelector: { infra: '' },
    tolerations: [{ key: 'infra', tolerationSeconds: 5 }],
  };
  const thinPool = { name: 'thin', sizePercent: 100, overprovisionRatio: 1 };
  const read = readWishes({
    operators: { cnv: wish, lvms: { mode: 'adopt', operand: { thinPool, nodeSelector: { disks: 'local' } } } },
    namespaceLabels: { a: 'b' },
    registry: { enable: true, storageClass: 'fast' },
    virtualization: { evictionStrategy: 'None' },
  });
  expect(read).toMatchObject({
    ok: true,
    value: {
      operators: { cnv: { ...wish, namespaceLabels: { a: 'b' } } },
      operands: {
        lvms: { lvm: { thinPool, nodeSelector: { disks: 'local' } } },
        cnv: { id: 'cnv', evictionStrategy: 'None' },
      },
      registry: { storageClass: 'fast' },
      evictionStrategy: 'None',
    },
  });
});

test('values suggest the names that the domain knows', () => {
  const { properties } = values.properties.operators;
  const version = { metadata: { name: 'version' }, status: { desired: { version: '4.22.0' } } };
  expect(operatorIds.map((id) => properties[id].properties.namespace.default)).toEqual(
    operatorIds.map((id) => suggestedNamespace(operators[id], version)),
  );
  expect(Object.keys(properties)).toEqual(operatorIds);
  expect(properties.lvms.properties.operand.properties.name.default).toBe(operators.lvms.operand.name);
});
