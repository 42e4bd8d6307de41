// One chunk: whoever needs the one most often needs the other.
export { ClassPanel } from './ClassPanel';
export { RegistryPanel } from './RegistryPanel';
