// The stand-in of the console's browser shell. It shares modules with the plugin as console 4.22 does (docs/facts/console-host.md).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import webpack from 'webpack';

const here = import.meta.dirname;
const root = join(here, '../..');
const require = createRequire(join(root, 'package.json'));
const versionOf = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

/** What the console shares of PatternFly is modules, not packages: each component under its own name. */
const patternFly = Object.values(JSON.parse(readFileSync(join(root, 'node_modules/@patternfly/react-core/dist/dynamic-modules.json'), 'utf8')))
  .filter((path) => /\/(components|layouts)\//.test(path))
  .map((path) => `@patternfly/react-core/${path}`);
/** Of the icons it shares those that its own pages show; these are the ones a plugin of ours may meet. */
const icons = ['check-circle', 'exclamation-circle', 'exclamation-triangle', 'eye', 'eye-slash', 'in-progress', 'info-circle', 'question-circle', 'unknown'];
const iconModules = icons.map((name) => `@patternfly/react-icons/dist/dynamic/icons/${name}-icon`);
const patternFlyModules = [...new Set(patternFly), ...iconModules, '@patternfly/react-table/dist/dynamic/components/Table'];

const packages = [
  'react', 'react-i18next', 'react-redux', 'react-router', 'redux', 'redux-thunk',
  '@openshift/dynamic-plugin-sdk', '@openshift-console/dynamic-plugin-sdk',
];
const shared = Object.fromEntries([
  // The console's own version of its SDK; plugins ask for none.
  ...packages.map((name) => [name, { singleton: true, eager: true, version: name.startsWith('@openshift-console') ? '0.0.0-fixed' : versionOf(name), requiredVersion: false }]),
  ...patternFlyModules.map((name) => [name, { eager: true, version: versionOf(name.split('/').slice(0, 2).join('/')), requiredVersion: false }]),
]);

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
  entry: { main: [...patternFlyModules, '@openshift-console/dynamic-plugin-sdk', join(here, 'src/start.tsx')] },
  output: { path: join(root, '.build/host'), publicPath: '/static/', filename: '[name].js', assetModuleFilename: '[name]-[contenthash:8][ext]', clean: true },
  resolve: { extensions: ['.tsx', '.ts', '.mjs', '.js'] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        exclude: /node_modules/,
        loader: 'swc-loader',
        options: { jsc: { parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } }, target: 'es2022' } },
      },
      { test: /\.css$/, use: ['style-loader', 'css-loader'], sideEffects: true },
      { test: /\.(woff2?|ttf|svg|png|jpg)$/, type: 'asset/resource' },
      // Styles of the SDK's own components, which nothing here shows.
      { test: /\.scss$/, type: 'asset/source' },
    ],
  },
  plugins: [
    new webpack.container.ModuleFederationPlugin({ name: 'console', shared }),
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
