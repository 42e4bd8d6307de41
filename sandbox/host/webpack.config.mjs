// The stand-in of the console's browser shell. It shares modules with the plugin as console 4.22 does (docs/facts/console-host.md).
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import webpack from 'webpack';

const here = import.meta.dirname;
const root = join(here, '../..');
const require = createRequire(join(root, 'package.json'));

/**
 * What console 4.22 shares, module → version, nothing more (sandbox/recorded/README.md, "Console"). Modules of packages that nothing of
 * ours uses are not installed: they are shared all the same, and whoever asks for one is told.
 */
const recorded = Object.entries(
  JSON.parse(readFileSync(join(root, 'sandbox/recorded/console-4.22-shared-modules.json'), 'utf8')),
);
const shared = {};
const absent = [];
for (const [name, versions] of recorded) {
  const [version, ...older] = [versions].flat().reverse();
  const isInstalled = existsSync(join(root, 'node_modules', name));
  // Components may be there in several versions, everything else only once.
  if (isInstalled)
    shared[name] = { singleton: !name.includes('/dist/dynamic/'), eager: true, version, requiredVersion: false };
  absent.push(...(isInstalled ? older : [version, ...older]).map((each) => [name, each]));
}

/** Modules of the console that the SDK's package refers to: ours where Migration Prep uses them, otherwise one that says so. */
const consoleModules = {
  '@console/shared/src/utils/console-fetch': 'console-fetch.ts',
  '@console/dynamic-plugin-sdk/src/api/useResolvedExtensions': 'extensions.ts',
  '@console/internal/models': 'models.ts',
  '@console/internal/components/factory/ListPage/ListPageHeader': 'ListPageHeader.tsx',
  '@console/shared/src/components/document-title/DocumentTitle': 'DocumentTitle.tsx',
  '@console/shared/src/components/dashboard/status-card/StatusPopup': 'StatusPopup.tsx',
};

export default {
  mode: 'production',
  context: root,
  // A shared module is provided only if something imports it.
  entry: { main: [...Object.keys(shared), join(here, 'src/start.tsx')] },
  output: {
    path: join(root, '.build/host'),
    publicPath: '/static/',
    filename: '[name].js',
    assetModuleFilename: '[name]-[contenthash:8][ext]',
    clean: true,
  },
  resolve: { extensions: ['.tsx', '.ts', '.mjs', '.js'] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        exclude: /node_modules/,
        loader: 'swc-loader',
        options: {
          jsc: {
            parser: { syntax: 'typescript', tsx: true },
            transform: { react: { runtime: 'automatic' } },
            target: 'es2022',
          },
        },
      },
      { test: /\.css$/, use: ['style-loader', 'css-loader'], sideEffects: true },
      { test: /\.(woff2?|ttf|svg|png|jpg)$/, type: 'asset/resource' },
      // Styles of the SDK's own components, which nothing here shows.
      { test: /\.scss$/, type: 'asset/source' },
    ],
  },
  plugins: [
    new webpack.container.ModuleFederationPlugin({ name: 'console', shared }),
    new webpack.DefinePlugin({ SHARED_BUT_ABSENT: JSON.stringify(absent) }),
    new webpack.NormalModuleReplacementPlugin(/^@console\//, (resource) => {
      resource.request = join(here, 'src/console', consoleModules[resource.request] ?? 'unsupported.cjs');
    }),
    // The console knows the router by three names.
    new webpack.NormalModuleReplacementPlugin(/^react-router-dom(-v5-compat)?$/, require.resolve('react-router')),
  ],
  cache: {
    type: 'filesystem',
    cacheDirectory: join(root, '.build/webpack'),
    buildDependencies: { config: [import.meta.filename], packages: [join(root, 'package-lock.json')] },
  },
  performance: false,
  stats: 'errors-warnings',
};
