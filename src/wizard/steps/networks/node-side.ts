/** All that reads and judges what the nodes report; a chunk of its own, for those who may see it. */
export { adviseOn } from '../../../domain/networks/node-advice';
export { readNodeNetworks } from '../../../domain/networks/node-networks';
export { readNodePolicies } from '../../../domain/networks/node-policies';
export { proposeAttachments, vlansBySwitch } from '../../../domain/networks/proposals';
export { NewBridge } from './new-bridge/NewBridge';
