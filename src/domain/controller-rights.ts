import type { KindId } from './kinds';

/**
 * Where a right is needed: in the whole cluster; in MTV's project; in that and those of declared Providers; in the projects where networks may
 * be created; in that of the image registry; in that of the cluster's trusted certificates; in the release's own.
 */
export type RightPlace = 'cluster' | 'mtv' | 'providers' | 'networks' | 'registry' | 'trust' | 'release';

/** Rights of the controller to objects of one kind. */
export interface ControllerRight {
  readonly kind: KindId;
  readonly verbs: readonly ('get' | 'list' | 'watch' | 'create' | 'patch' | 'delete')[];
  readonly place: RightPlace;
  readonly subresource?: string;
  /** Of these objects only, `{release}` being the name of the release; `credentials`: of the Secrets of declared Providers. */
  readonly names?: readonly string[] | 'credentials';
  /** For which it is needed, in a few words. */
  readonly why: string;
}

const watch = ['list', 'watch'] as const;
const get = ['get'] as const;

/**
 * What the controller may do, by what values switch on. The chart's roles and the table of docs/controller.md are made of it
 * (tools/chart-docs.mjs). Verbs that change nothing become one role, the others another.
 */
export const controllerRights = {
  always: [
    { kind: 'forkliftControllers', verbs: watch, place: 'cluster', why: 'where MTV is' },
    { kind: 'providers', verbs: ['list'], place: 'cluster', why: 'lets go of what values no longer declare' },
    { kind: 'hosts', verbs: ['list'], place: 'cluster', why: 'lets go of what values no longer declare' },
    { kind: 'forkliftControllers', verbs: ['patch'], place: 'mtv', why: 'lets go of what values no longer declare' },
    { kind: 'providers', verbs: ['patch'], place: 'providers', why: 'lets go of what values no longer declare' },
    { kind: 'hosts', verbs: ['patch'], place: 'providers', why: 'lets go of what values no longer declare' },
  ],
  providers: [
    { kind: 'providers', verbs: ['watch'], place: 'cluster', why: 'puts right what somebody changes' },
    { kind: 'providers', verbs: ['get', 'create'], place: 'providers', why: 'connects MTV to vCenters' },
    { kind: 'secrets', verbs: ['create'], place: 'providers', why: "MTV's copy of the credentials" },
    {
      kind: 'secrets',
      names: 'credentials',
      verbs: ['get', 'patch'],
      place: 'providers',
      why: "MTV's copy of the credentials",
    },
    { kind: 'configMaps', verbs: ['create'], place: 'release', why: 'which credentials were refused' },
    {
      kind: 'configMaps',
      names: ['{release}-refused-credentials'],
      verbs: ['get', 'patch'],
      place: 'release',
      why: 'which credentials were refused',
    },
  ],
  hosts: [
    { kind: 'hosts', verbs: ['get', 'create'], place: 'providers', why: 'transfers from ESXi hosts' },
    {
      kind: 'secrets',
      verbs: ['get', 'patch'],
      place: 'providers',
      why: "MTV's copy of the hosts' credentials, whose names vCenter decides",
    },
  ],
  vddk: [
    { kind: 'providers', verbs: ['watch'], place: 'cluster', why: 'which image they name' },
    { kind: 'plans', verbs: ['list'], place: 'cluster', why: 'whether a migration runs' },
  ],
  archive: [
    { kind: 'imageStreams', verbs: ['get', 'create'], place: 'mtv', why: 'keeps the VDDK image' },
    { kind: 'buildConfigs', verbs: ['get', 'create', 'patch'], place: 'mtv', why: 'builds the VDDK image' },
    {
      kind: 'buildConfigs',
      subresource: 'instantiatebinary',
      verbs: ['create'],
      place: 'mtv',
      why: 'builds the VDDK image',
    },
    {
      kind: 'builds',
      verbs: ['get', 'list', 'delete'],
      place: 'mtv',
      why: 'follows builds, and removes half-made ones',
    },
    { kind: 'proxies', names: ['cluster'], verbs: get, place: 'cluster', why: "the cluster's proxy" },
    {
      kind: 'configMaps',
      names: ['trusted-ca-bundle'],
      verbs: get,
      place: 'trust',
      why: 'certificates that the cluster trusts',
    },
  ],
  networks: [
    { kind: 'plans', verbs: watch, place: 'cluster', why: 'networks that plans name' },
    { kind: 'networkMaps', verbs: watch, place: 'cluster', why: 'networks that plans name' },
    // MTV's inventory asks for the right to get its Provider (docs/facts/forklift.md §6).
    { kind: 'providers', verbs: ['get', 'watch'], place: 'cluster', why: 'providers of plans, and their inventory' },
    {
      kind: 'networkAttachmentDefinitions',
      verbs: ['get', ...watch],
      place: 'cluster',
      why: 'networks that are there',
    },
    { kind: 'namespaces', verbs: watch, place: 'cluster', why: 'projects that are there' },
    { kind: 'networkAttachmentDefinitions', verbs: ['create'], place: 'networks', why: 'creates networks' },
    {
      kind: 'events',
      verbs: ['get', 'create', 'patch'],
      place: 'cluster',
      why: 'says on a plan what it cannot decide',
    },
  ],
  createNamespaces: [
    { kind: 'namespaces', verbs: ['get', 'create'], place: 'cluster', why: 'creates declared projects' },
  ],
  removeUnused: [
    { kind: 'virtualMachines', verbs: watch, place: 'cluster', why: 'networks in use' },
    { kind: 'virtualMachineInstances', verbs: watch, place: 'cluster', why: 'networks in use' },
    { kind: 'networkAttachmentDefinitions', verbs: ['delete'], place: 'networks', why: 'removes unused networks' },
  ],
  virtDefaultClass: [
    { kind: 'storageClasses', verbs: [...watch, 'patch'], place: 'cluster', why: 'holds the default class' },
  ],
  registry: [
    { kind: 'imageRegistryConfigs', verbs: watch, place: 'cluster', why: "whether the registry's storage is set" },
    {
      kind: 'imageRegistryConfigs',
      verbs: ['get', 'patch'],
      names: ['cluster'],
      place: 'cluster',
      why: 'sets its storage',
    },
    { kind: 'storageClasses', verbs: watch, place: 'cluster', why: "class of the registry's claim" },
    { kind: 'persistentVolumeClaims', verbs: ['get', 'create'], place: 'registry', why: "the registry's claim" },
  ],
  evictionStrategy: [
    { kind: 'hyperConvergeds', verbs: [...watch, 'patch'], place: 'cluster', why: 'holds the eviction strategy' },
  ],
} as const satisfies Readonly<Record<string, readonly ControllerRight[]>>;

/** A part of the controller's work that values switch on. */
export type ControllerPart = keyof typeof controllerRights;
