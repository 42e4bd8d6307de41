import type { NavEntry } from './extensions';

const section = (
  perspective: string,
  id: string,
  name: string,
  item: string,
  place?: Pick<NavEntry, 'insertBefore' | 'insertAfter'>,
): NavEntry[] => [
  { perspective, id, name, dataAttributes: { 'data-quickstart-id': `qs-nav-${id}` }, ...place },
  { perspective, id: `${id}-item`, name: item, section: id, href: id === 'home' ? '/dashboards' : `/${id}` },
];

/** The console's own sections in their order, each with one of its entries (release-4.22, console-app/console-extensions.json). */
export const consoleNavigation: readonly NavEntry[] = [
  ...section('admin', 'home', 'Home', 'Overview'),
  ...section('admin', 'ecosystem', 'Ecosystem', 'Software Catalog', { insertAfter: 'operators' }),
  ...section('admin', 'workloads', 'Workloads', 'Pods', { insertAfter: 'helm' }),
  ...section('admin', 'networking', 'Networking', 'Services', { insertAfter: 'workloads' }),
  ...section('admin', 'storage', 'Storage', 'PersistentVolumeClaims'),
  ...section('admin', 'builds', 'Builds', 'BuildConfigs'),
  ...section('admin', 'compute', 'Compute', 'Nodes'),
  ...section('admin', 'usermanagement', 'User Management', 'Users'),
  ...section('admin', 'administration', 'Administration', 'Cluster Settings'),
  ...section('admin', 'observe', 'Observe', 'Alerting', { insertBefore: ['compute', 'usermanagement'] }),
  // OpenShift Virtualization's own plugin brings this perspective.
  ...section('virtualization-perspective', 'cluster-virt-perspective', 'Cluster', 'Overview'),
];
