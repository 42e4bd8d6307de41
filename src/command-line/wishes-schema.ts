import values from '../../charts/migration-prep/values.schema.json';

/** As much of JSON Schema as the chart's values use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  /** What is allowed, in words, where type, choice and bounds do not say it. */
  readonly 'x-allowed'?: string;
}

type Properties = Readonly<Record<string, Schema>>;

const mapped = (properties: Properties, of: (schema: Schema) => Schema): Properties =>
  Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, of(schema)]));

const keys = (properties: Properties): Schema => ({ type: 'object', additionalProperties: false, properties });

/** The same, with every part that is left out made of the defaults of its keys. */
const complete = (schema: Schema): Schema =>
  schema.properties ? { default: {}, ...schema, properties: mapped(schema.properties, complete) } : schema;

/**
 * What values say about an operator, with these differences: the settings of its Subscription stand beside the others, only what is named is
 * installed, and its project follows from the version of OpenShift, which the command line can ask for.
 */
const operatorIn = ({ properties: { subscription, namespace, mode, ...own } = {} }: Schema): Schema =>
  keys({
    mode: { ...mode, default: 'skip' },
    namespace: { ...namespace, default: undefined },
    ...own,
    ...subscription?.properties,
  });

const { operators, storage, registry, virtualization, prepare } = values.properties;
const labels: Schema = { type: 'object', default: {}, additionalProperties: { type: 'string' } };

/** A wishes file, by the schema and the defaults of the chart's values. */
export const wishesSchema = keys(
  mapped(
    {
      operators: keys(mapped(operators.properties, operatorIn)),
      namespaceLabels: labels,
      storage,
      registry,
      virtualization,
      prepare,
    },
    complete,
  ),
);
