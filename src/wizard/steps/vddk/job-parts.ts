// One chunk: whoever saw a job begin has what tells how it ends, also without a network.
export { JobPanel } from './JobPanel';
export { LastBuild } from './LastBuild';
export { StoppedJob } from './StoppedJob';
