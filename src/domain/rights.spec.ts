import type { Right } from './cluster';
import { rightLines } from './rights';
import { plainEnglish } from './translate';

test('verbs on the same resource of the same place share a line, once each and in their order', () => {
  const rights: readonly Right[] = [
    { kind: 'subscriptions', verb: 'list' },
    { kind: 'secrets', verb: 'get', name: 'a', namespace: 'p' },
    { kind: 'subscriptions', verb: 'watch' },
    { kind: 'subscriptions', verb: 'list' },
    { kind: 'secrets', verb: 'get', name: 'b', namespace: 'p' },
    { kind: 'secrets', verb: 'patch', name: 'a', namespace: 'p' },
    { kind: 'buildConfigs', verb: 'create', subresource: 'instantiatebinary', namespace: 'p' },
    { kind: 'buildConfigs', verb: 'create', namespace: 'p' },
  ];
  expect(rightLines(plainEnglish, rights)).toEqual([
    'list, watch subscriptions in the whole cluster',
    'get, patch secrets a in project p',
    'get secrets b in project p',
    'create buildconfigs/instantiatebinary in project p',
    'create buildconfigs in project p',
  ]);
});
