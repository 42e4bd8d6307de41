import type { CodeRef, Extension } from '@openshift/dynamic-plugin-sdk';
import type { ComponentType } from 'react';

// The extension types that Migration Prep uses, with the properties that the shell reads.

export type RoutePage = Extension<
  'console.page/route',
  { exact?: boolean; path: string | string[]; component: CodeRef<ComponentType> }
>;
export const isRoutePage = (e: Extension): e is RoutePage => e.type === 'console.page/route';

export interface NavEntry {
  readonly id: string;
  readonly name: string;
  readonly perspective?: string;
  readonly section?: string;
  readonly href?: string;
  readonly insertBefore?: string | readonly string[];
  readonly insertAfter?: string | readonly string[];
  readonly dataAttributes?: Readonly<Record<string, string>>;
}

type NavExtension = Extension<'console.navigation/href' | 'console.navigation/section', Pick<NavEntry, keyof NavEntry>>;
export const isNavEntry = (e: Extension): e is NavExtension =>
  e.type === 'console.navigation/href' || e.type === 'console.navigation/section';

export type FlagHook = Extension<
  'console.flag/hookProvider',
  { handler: CodeRef<(setFlag: (flag: string, isOn: boolean) => void) => void> }
>;
export const isFlagHook = (e: Extension): e is FlagHook => e.type === 'console.flag/hookProvider';

interface HealthAnswer {
  state: string;
  message?: string;
}

export type HealthItem = Extension<
  'console.dashboards/overview/health/resource',
  {
    title: string;
    resources: Record<string, { isList?: boolean; groupVersionKind: { group: string; version: string; kind: string } }>;
    healthHandler: CodeRef<
      (results: Record<string, unknown>, t: (key: string, params?: object) => string) => HealthAnswer
    >;
    popupComponent?: CodeRef<ComponentType<Record<string, unknown>>>;
    popupTitle?: string;
  }
>;
export const isHealthItem = (e: Extension): e is HealthItem => e.type === 'console.dashboards/overview/health/resource';
