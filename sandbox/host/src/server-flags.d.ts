/** What the bridge writes into the page (sandbox/internal/bridge/page.go). */
interface ServerFlags {
  basePath: string;
  consolePlugins: string[];
  i18nNamespaces: string[];
  releaseVersion: string;
  sandboxUser: string;
}

interface Window {
  SERVER_FLAGS: ServerFlags;
  /** What the shell shared before any plugin was loaded, module → versions. For tests. */
  sandboxShared: Record<string, string[]>;
}

declare const __webpack_init_sharing__: (scope: string) => Promise<void>;
declare const __webpack_share_scopes__: { default: Record<string, Record<string, unknown>> };
/** Modules with versions that the console shares and nothing here has installed (sandbox/host/webpack.config.mjs). */
declare const SHARED_BUT_ABSENT: readonly (readonly [name: string, version: string])[];

declare module '*.css';
