import type { NetworkAttachmentDefinition } from '../objects';
import { plainEnglish } from '../translate';
import { networks } from './networks';

const nad = (namespace: string, config = '{"type":"bridge","bridge":"br1"}'): NetworkAttachmentDefinition => ({
  metadata: { name: 'n', namespace },
  spec: { config },
});
const macvlan = '{"type":"macvlan","master":"eno1"}';

test.each<[string, readonly NetworkAttachmentDefinition[], string]>([
  ['nothing', [], 'blocked NoNetworks'],
  ['one of a project', [nad('vms')], 'ready NetworksReady'],
  ['one that machines cannot use', [nad('vms', macvlan)], 'blocked NoneUsable'],
  ["only the platform's", [nad('openshift-multus'), nad('kube-system')], 'blocked NoNetworks'],
  [
    "the platform's beside one that machines cannot use",
    [nad('openshift-sriov'), nad('vms', macvlan)],
    'blocked NoneUsable',
  ],
  ['one of a project that is only called alike', [nad('my-openshift-vms')], 'ready NetworksReady'],
  ['one of a project whose name begins alike', [nad('kubevirt')], 'ready NetworksReady'],
  ['one without a project', [{ ...nad(''), metadata: { name: 'n' } }], 'ready NetworksReady'],
])('%s', (_, items, expected) => {
  const { state, reason, text } = networks.judge({ networkAttachmentDefinitions: { state: 'loaded', items } });
  expect(`${state} ${reason}`).toBe(expected);
  expect(text(plainEnglish)).not.toMatch(/\{\{|undefined/);
});

test("counts what machines can use, without the platform's", () => {
  const items = [nad('vms'), nad('team'), nad('vms', macvlan), nad('openshift-multus')];
  const { text } = networks.judge({ networkAttachmentDefinitions: { state: 'loaded', items } });
  expect(text(plainEnglish)).toBe('Networks ready: 2');
});
