import { ConsoleRemotePlugin } from '@openshift-console/dynamic-plugin-sdk-webpack';
import CopyPlugin from 'copy-webpack-plugin';
import { join } from 'node:path';
import { BundledPackages } from './tools/bundled-packages.mjs';
import { LoadReport } from './tools/load-report.mjs';

const root = import.meta.dirname;

/** The plugin, as the console loads it. The names of the entry and manifest are the console's; chunks carry their hash. */
export default {
  mode: 'production',
  context: root,
  entry: {},
  output: { path: join(root, 'dist'), filename: '[name]-[contenthash:8].js', chunkFilename: '[id]-[fullhash:8].js', clean: true },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        exclude: /node_modules/,
        loader: 'swc-loader',
        options: {
          jsc: { parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } }, target: 'es2022' },
        },
      },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
    ],
  },
  plugins: [
    new ConsoleRemotePlugin(),
    new LoadReport(join(root, '.build/loads.json'), join(root, 'sandbox/recorded/console-4.22-shared-modules.json')),
    new BundledPackages(join(root, '.build/images/plugin-packages.json')),
    new CopyPlugin({ patterns: [{ from: join(root, 'locales'), to: 'locales' }] }),
  ],
  optimization: {
    // The entry, which every user of the console loads, carries the numbers of all chunks and shared modules: short ones. What a console lacks
    // is a chunk of its own, which nobody else loads.
    chunkIds: 'natural',
    moduleIds: 'natural',
    // What several steps use comes once. The Overview is one file, of which the page has its own copy: webpack's own group would split it.
    splitChunks: {
      cacheGroups: {
        default: false,
        shared: { test: /[\\/]src[\\/]/, chunks: ({ name }) => name !== 'exposed-statusCard', minChunks: 2, minSize: 0 },
      },
    },
  },
  // Budgets of our own: tools/bundle-budget.mjs.
  performance: false,
  stats: 'errors-warnings',
};
