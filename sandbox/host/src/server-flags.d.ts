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
}

declare const __webpack_init_sharing__: (scope: string) => Promise<void>;
declare const __webpack_share_scopes__: { default: Record<string, unknown> };

declare module '*.css';
