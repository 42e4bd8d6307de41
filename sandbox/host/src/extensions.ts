import type { CodeRef, Extension } from '@openshift/dynamic-plugin-sdk';
import type { ComponentType } from 'react';

// The extension types that Migration Prep uses, with the properties that the shell reads.

export type RoutePage = Extension<'console.page/route', { exact?: boolean; path: string | string[]; component: CodeRef<ComponentType> }>;
export const isRoutePage = (e: Extension): e is RoutePage => e.type === 'console.page/route';

export type NavHref = Extension<'console.navigation/href', { id: string; name: string; href: string; perspective?: string; section?: string }>;
export const isNavHref = (e: Extension): e is NavHref => e.type === 'console.navigation/href';

export type NavSection = Extension<'console.navigation/section', { id: string; name: string; perspective?: string }>;
export const isNavSection = (e: Extension): e is NavSection => e.type === 'console.navigation/section';

interface HealthAnswer {
  state: string;
  message?: string;
}

export type HealthItem = Extension<
  'console.dashboards/overview/health/resource',
  {
    title: string;
    resources: Record<string, { isList?: boolean; groupVersionKind: { group: string; version: string; kind: string } }>;
    healthHandler: CodeRef<(results: Record<string, unknown>, t: (key: string, params?: object) => string) => HealthAnswer>;
    popupComponent?: CodeRef<ComponentType<Record<string, unknown>>>;
    popupTitle?: string;
  }
>;
export const isHealthItem = (e: Extension): e is HealthItem => e.type === 'console.dashboards/overview/health/resource';
