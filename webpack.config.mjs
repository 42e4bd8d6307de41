import { ConsoleRemotePlugin } from '@openshift-console/dynamic-plugin-sdk-webpack';
import CopyPlugin from 'copy-webpack-plugin';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import webpack from 'webpack';
import { BundledPackages } from './tools/bundled-packages.mjs';
import { LoadReport } from './tools/load-report.mjs';
import { shippedTexts } from './tools/shipped-texts.mjs';

const root = import.meta.dirname;

/**
 * The hash of all that the plugin is made of, which chunks carry in their names: one for all, because the entry has to know it. webpack's
 * own depends on the folder of the build, and with it the minifier's choice of names: the same commit would not give the same files.
 */
const readHash = () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.spec.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const hash = createHash('sha256');
  for (const name of [
    ...sources,
    'console-extensions.json',
    'package.json',
    'package-lock.json',
    'webpack.config.mjs',
  ].sort()) {
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex').slice(0, 8);
};
const sourcesHash = readHash();

/** In the manifest, too, the hash of the build becomes that of the sources. */
class NamedBySources {
  apply(compiler) {
    compiler.hooks.compilation.tap('NamedBySources', (compilation) => {
      const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT;
      compilation.hooks.processAssets.tap({ name: 'NamedBySources', stage }, () => {
        compilation.updateAsset(
          'plugin-manifest.json',
          (manifest) =>
            new webpack.sources.RawSource(manifest.source().toString().replaceAll(compilation.fullHash, sourcesHash)),
        );
      });
    });
  }
}

/**
 * Of what we share with the console it has a copy of its own. Offering ours to other plugins as well would cost every user of the console
 * 0.6 kB in the entry.
 */
class OffersNothing {
  apply(compiler) {
    compiler.hooks.finishMake.intercept({
      register: (tap) => (tap.name === 'ProvideSharedPlugin' ? { ...tap, fn: () => Promise.resolve() } : tap),
    });
  }
}

/** The plugin, as the console loads it. The names of the entry and manifest are the console's. */
export default {
  mode: 'production',
  context: root,
  entry: {},
  output: {
    path: join(root, 'dist'),
    filename: '[name]-[contenthash:8].js',
    chunkFilename: `[id]-${sourcesHash}.js`,
    clean: true,
    // Scripts have the encoding of the console's document, which is UTF-8.
    charset: false,
  },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  experiments: { layers: true },
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
      // No console shares it, and React's own copy of it costs every user of the Overview 0.4 kB more. What a console lacks uses React's own, so
      // that it does not need a file of ours.
      {
        test: /[\\/]src[\\/].*\.tsx$/,
        resolve: { alias: { 'react/jsx-runtime$': join(root, 'src/parts/jsx-runtime.ts') } },
      },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
      // The Overview has its own copy of what it shares with the page: one module instead of thirty, which is a tenth smaller.
      { test: /[\\/]overview[\\/]status-card\.ts$/, layer: 'overview' },
    ],
  },
  plugins: [
    new OffersNothing(),
    new ConsoleRemotePlugin(),
    // Packages say `global` in code that only runs where a console lacks them. webpack's own stand-in for it would be in the entry.
    new webpack.DefinePlugin({ global: 'globalThis' }),
    new NamedBySources(),
    new LoadReport(join(root, '.build/loads.json'), join(root, 'sandbox/recorded/console-4.22-shared-modules.json')),
    new BundledPackages(join(root, '.build/images/plugin-packages.json')),
    new CopyPlugin({ patterns: [{ from: join(root, 'locales'), to: 'locales', transform: shippedTexts }] }),
  ],
  optimization: {
    // The entry, which every user of the console loads, carries the numbers of all chunks and shared modules: short ones. What a console lacks
    // is in a chunk of its own, which nobody else loads.
    chunkIds: 'natural',
    moduleIds: 'natural',
    // What several steps use comes once. The Overview is one file, of which the page has its own copy: the default group of webpack would split it.
    splitChunks: {
      cacheGroups: {
        default: false,
        defaultVendors: false,
        // What a console lacks comes in one file. The entry, which every user loads, names it for each shared module.
        lacking: {
          test: /[\\/]node_modules[\\/](?!asn1js|pvtsutils|pvutils|@peculiar)/,
          name: 'lacking',
          minSize: 0,
          enforce: true,
        },
        shared: {
          test: /[\\/]src[\\/]/,
          chunks: ({ name }) => name !== 'exposed-statusCard',
          minChunks: 2,
          minSize: 0,
        },
      },
    },
  },
  // Budgets of our own: tools/bundle-budget.mjs.
  performance: false,
  stats: 'errors-warnings',
};
