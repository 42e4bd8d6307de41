import { ActionType } from '@openshift-console/dynamic-plugin-sdk/lib/app/k8s/actions/k8s';
import { fromJS, Map as ImmutableMap } from 'immutable';
import type { Model } from './discovery';

// The SDK's package has the actions and selectors of the console's store, but not its reducers: these are the sandbox's own.

interface KubeObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
  };
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'ERROR' | 'BOOKMARK';
  readonly object: KubeObject;
}

type Objects = KubeObject | readonly KubeObject[] | readonly WatchEvent[] | { readonly message?: string };

interface K8sAction {
  readonly type: string;
  readonly payload?: {
    readonly id: string;
    readonly k8sObjects: Objects;
    readonly query?: unknown;
    readonly models?: readonly Model[];
  };
}

type State = ImmutableMap<string, unknown>;

export const discovered = (models: readonly Model[]) => ({ type: ActionType.ReceivedResources, payload: { models } });

const keyOf = ({ metadata: { namespace, name } }: KubeObject) => `(${namespace ?? ''})-${name}`;

const withObjects = (data: ImmutableMap<string, unknown>, objects: readonly KubeObject[]) =>
  data.withMutations((map) => {
    for (const object of objects) map.set(keyOf(object), fromJS(object));
  });

const withEvents = (data: ImmutableMap<string, unknown>, events: readonly WatchEvent[]) =>
  data.withMutations((map) => {
    for (const { type, object } of events) {
      if (type === 'DELETED') map.delete(keyOf(object));
      else if (type === 'ADDED' || type === 'MODIFIED') map.set(keyOf(object), fromJS(object));
      // The console only warns: what was loaded stays, stale as it is.
      else if (type === 'ERROR') console.warn('watch error', object);
    }
  });

const empty: State = ImmutableMap({
  RESOURCES: ImmutableMap({ models: ImmutableMap(), loaded: false, inFlight: true }),
});

const watched = (state: State, id: string, change: (entry: State) => State): State => {
  const entry = state.get(id) as State | undefined;
  // An answer may come after its watch ended.
  return entry ? state.set(id, change(entry)) : state;
};

export const k8s = (state: State = empty, { type, payload }: K8sAction): State => {
  if (type === (ActionType.ReceivedResources as string)) {
    // As in the console, a kind that is known stays as it is, also when it is gone (release-4.22, public/reducers/k8s.ts).
    const known = state.getIn(['RESOURCES', 'models']) as ImmutableMap<string, Model>;
    const found = ImmutableMap(
      (payload?.models ?? []).map((model) => [`${model.apiGroup ?? 'core'}~${model.apiVersion}~${model.kind}`, model]),
    );
    return state.set('RESOURCES', ImmutableMap({ models: found.merge(known), loaded: true, inFlight: false }));
  }
  if (!payload) return state;
  const { id, k8sObjects } = payload;
  switch (type) {
    case ActionType.StartWatchK8sObject as string:
      return state.set(id, ImmutableMap({ loadError: '', loaded: false, data: ImmutableMap() }));
    case ActionType.StartWatchK8sList as string:
      return state.has(id)
        ? state
        : state.set(id, ImmutableMap({ loadError: '', loaded: false, data: ImmutableMap(), filters: ImmutableMap() }));
    case ActionType.ModifyObject as string:
      return watched(state, id, (entry) =>
        entry.merge({ loadError: '', loaded: true }).set('data', fromJS(k8sObjects)),
      );
    case ActionType.Loaded as string:
      return watched(state, id, (entry) =>
        entry
          .merge({ loadError: '', loaded: true })
          .set('data', withObjects(ImmutableMap(), k8sObjects as readonly KubeObject[])),
      );
    case ActionType.BulkAddToList as string:
      return watched(state, id, (entry) =>
        entry.set(
          'data',
          withObjects(entry.get('data') as ImmutableMap<string, unknown>, k8sObjects as readonly KubeObject[]),
        ),
      );
    case ActionType.UpdateListFromWS as string:
      return watched(state, id, (entry) =>
        entry.set(
          'data',
          withEvents(entry.get('data') as ImmutableMap<string, unknown>, k8sObjects as readonly WatchEvent[]),
        ),
      );
    case ActionType.Errored as string:
      return watched(state, id, (entry) => entry.set('loadError', k8sObjects));
    case ActionType.StopWatchK8s as string:
      return state.delete(id);
    default:
      return state;
  }
};

/** Whom the signed-in user acts as, as the console keeps it. A websocket takes names as subprotocols: base64 without "=" and "/". */
export const impersonation = (name: string, groups: readonly string[]) => {
  const encoded = (text: string) => btoa(text).replaceAll('=', '_').replaceAll('/', '-');
  const subprotocols = [
    `Impersonate-User.${encoded(name)}`,
    ...groups.map((group) => `Impersonate-Group.${encoded(group)}`),
  ];
  return {
    type: 'beginImpersonate',
    payload: { kind: groups.length > 0 ? 'UserWithGroups' : 'User', name, groups, subprotocols },
  };
};

export const noImpersonation = { type: 'endImpersonate' };

const signedIn = { user: { username: window.SERVER_FLAGS.sandboxUser } };

/** The address may say it from the beginning. */
const fromAddress = () => {
  const search = new URLSearchParams(window.location.search);
  const name = search.get('impersonate');
  return name === null ? {} : { impersonate: impersonation(name, search.getAll('impersonate-group')).payload };
};

export const sdkCore = (
  state: Readonly<Record<string, unknown>> = { ...signedIn, ...fromAddress() },
  action: { readonly type: string; readonly payload?: unknown },
) => {
  switch (action.type) {
    case 'beginImpersonate':
      return { ...state, impersonate: action.payload };
    case noImpersonation.type:
      return signedIn;
    default:
      return state;
  }
};

export const FLAGS = (state: ImmutableMap<string, boolean> = ImmutableMap()) => state;
