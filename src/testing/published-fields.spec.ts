import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { KindId } from '../domain/kinds';
import { kinds } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';
import { memoryCluster } from './memory-cluster';
import { publishedFieldsOf, unpublished } from './published-fields';

const provider = (spec: object): KubeObject =>
  ({ metadata: { name: 'vc', namespace: 'openshift-mtv' }, spec }) as KubeObject;
const secret = { name: 'vc', namespace: 'openshift-mtv' };

test.each<[string, KindId, object, readonly string[]]>([
  [
    'what is published',
    'providers',
    { type: 'vsphere', url: 'x', secret, settings: { sdkEndpoint: 'vcenter', anything: 'else' } },
    [],
  ],
  ['a field that is not', 'providers', { type: 'vsphere', secret, color: 'red' }, ['unknown field "spec.color"']],
  [
    'a field that is not, further down',
    'providers',
    { type: 'vsphere', secret: { ...secret, color: 'red' } },
    ['unknown field "spec.secret.color"'],
  ],
  ['a required one that is missing', 'providers', { type: 'vsphere' }, ['spec.secret: Required value']],
  [
    'another type',
    'providers',
    { type: 'vsphere', secret, settings: { flag: true } },
    ['spec.settings.*: Invalid value: must be of type string'],
  ],
  [
    'a boolean for a flag',
    'forkliftControllers',
    { feature_ui_plugin: true },
    ['spec.feature_ui_plugin: Invalid value: must be of type string'],
  ],
  [
    'a word for a flag',
    'forkliftControllers',
    { feature_ui_plugin: 'yes' },
    ['spec.feature_ui_plugin: Unsupported value: "yes"'],
  ],
  ['a number or a text', 'forkliftControllers', { controller_max_vm_inflight: 20 }, []],
  ['what MTV keeps though it is not declared', 'forkliftControllers', { controller_new_in_2_13: 'x' }, []],
  [
    'another strategy',
    'hyperConvergeds',
    { evictionStrategy: 'Never' },
    ['spec.evictionStrategy: Unsupported value: "Never"'],
  ],
  ['a kind that is not in the table', 'secrets', { anything: 1 }, []],
])('%s', (_, kind, spec, problems) => {
  expect(unpublished(kind, provider(spec))).toEqual(problems);
});

test('the memory cluster refuses to write it, when creating and when patching', async () => {
  const cluster = memoryCluster('openshift-mtv');
  const wrong = await cluster.apply({
    verb: 'create',
    kind: 'providers',
    object: provider({ type: 'vsphere', secret, color: 'red' }),
  });
  expect(wrong).toMatchObject({
    ok: false,
    error: { code: 'Invalid', message: expect.stringContaining('spec.color') as string },
  });
  expect(
    (await cluster.apply({ verb: 'create', kind: 'providers', object: provider({ type: 'vsphere', secret }) })).ok,
  ).toBe(true);
  const patched = await cluster.apply({
    verb: 'patch',
    kind: 'providers',
    name: 'vc',
    namespace: 'openshift-mtv',
    operations: [{ op: 'add', path: '/spec/settings', value: { sdkEndpoint: 1 } }],
  });
  expect(patched.ok).toBe(false);
});

/** The paths of a type of the domain, as the table writes them. Our own unions of texts and numbers end a path. */
const pathsOf = (checker: ts.TypeChecker, type: ts.Type, path: string): readonly string[] => {
  const shape = checker.getNonNullableType(type);
  if (checker.isArrayType(shape)) {
    const [item] = checker.getTypeArguments(shape as ts.TypeReference);
    return item ? pathsOf(checker, item, `${path}[]`) : [path];
  }
  const properties = shape.flags & ts.TypeFlags.Object ? checker.getPropertiesOfType(shape) : [];
  return [
    path,
    ...properties.flatMap((property) =>
      pathsOf(checker, checker.getTypeOfSymbol(property), `${path}.${property.name}`),
    ),
  ];
};

test('every field that our types of these kinds have is in the table', () => {
  const file = join(process.cwd(), 'src/domain/kinds.ts');
  const config = join(process.cwd(), 'src/domain/tsconfig.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    dirname(config),
  );
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const declaration = source?.statements.find(
    (each) => ts.isInterfaceDeclaration(each) && each.name.text === 'ObjectOf',
  );
  if (!declaration) throw new Error('kinds.ts has no ObjectOf.');
  const looked: string[] = [];
  const missing: string[] = [];
  for (const member of checker.getPropertiesOfType(checker.getTypeAtLocation(declaration))) {
    const fields = publishedFieldsOf(member.name as KindId);
    if (!fields) continue;
    looked.push(member.name);
    for (const part of checker
      .getPropertiesOfType(checker.getTypeOfSymbol(member))
      .filter(({ name }) => ['spec', 'status'].includes(name))) {
      for (const path of pathsOf(checker, checker.getTypeOfSymbol(part), part.name)) {
        const isOpen =
          fields[part.name]?.open === true ||
          path.split('.').some((_, at, all) => fields[all.slice(0, at).join('.')]?.open);
        if (!(path in fields) && !isOpen) missing.push(`${member.name} ${path}`);
      }
    }
  }
  expect(looked).toEqual(
    expect.arrayContaining(['providers', 'forkliftControllers', 'networkMaps', 'plans', 'hyperConvergeds']),
  );
  // Conditions of all kinds have one type; these two fields are MTV's alone.
  expect(missing).toEqual([
    'hyperConvergeds status.conditions[].category',
    'hyperConvergeds status.conditions[].items[]',
  ]);
});

test('each kind of these groups that we read or write is in the table', () => {
  const groups = ['forklift.konveyor.io', 'hco.kubevirt.io'];
  const left = Object.entries(kinds).filter(
    ([kind, { group }]) => groups.includes(group) && !publishedFieldsOf(kind as KindId),
  );
  expect(left.map(([kind]) => kind)).toEqual([]);
});
