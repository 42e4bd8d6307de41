import { ConsoleRemotePlugin } from '@openshift-console/dynamic-plugin-sdk-webpack';
import CopyPlugin from 'copy-webpack-plugin';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BundledPackages } from './tools/bundled-packages.mjs';

const root = import.meta.dirname;

/** Modules of which the console has the only copy: a second one would break hooks, routes and the store. */
const consolesOwn = /node_modules\/(react|react-i18next|react-redux|react-router|redux|redux-thunk|@openshift[^/]*\/dynamic-plugin-sdk)\//;

/**
 * Writes what tools/bundle-budget.mjs judges: of each exposed module and worker the chunks it may load, fallbacks
 * of shared modules aside, and modules that were
 * bundled although the console shares them. (react/jsx-runtime is a stateless module that the console does not share.)
 */
class ChunkReport {
  apply(compiler) {
    compiler.hooks.afterEmit.tap('ChunkReport', ({ chunkGraph, chunks }) => {
      const report = { chunks: {}, modules: [] };
      const pathsOf = (chunk) => [...chunkGraph.getChunkModulesIterable(chunk)].flatMap(({ resource, modules }) =>
        resource ? [resource] : [...(modules ?? [])].map((inner) => inner.resource ?? ''),
      );
      for (const chunk of chunks) {
        report.modules.push(...pathsOf(chunk).filter((path) => consolesOwn.test(path) && !path.includes('jsx-runtime')));
        if (!chunk.name) continue;
        const reachable = [chunk, ...chunk.getAllAsyncChunks(), ...[...chunk.groupsIterable].flatMap((group) => group.chunks)];
        const own = reachable.filter((each) => each.name !== 'fallbacks');
        report.chunks[chunk.name] = [...new Set(own.flatMap((each) => [...each.files]))];
      }
      mkdirSync(join(root, '.build'), { recursive: true });
      writeFileSync(join(root, '.build/chunks.json'), JSON.stringify(report));
    });
  }
}

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
    new ChunkReport(),
    new BundledPackages(join(root, '.build/images/plugin-packages.json')),
    new CopyPlugin({ patterns: [{ from: join(root, 'locales'), to: 'locales' }] }),
  ],
  optimization: {
    // Names and hashes of every chunk would be carried by the entry, which every console user loads.
    chunkIds: 'deterministic',
    // So would, for every shared module, the list of chunks of its fallback: there is one, which only a console that lacks a
    // module ever loads.
    splitChunks: { cacheGroups: { fallbacks: { test: /node_modules\/(?!asn1js|pvtsutils|pvutils)/, chunks: 'async', name: 'fallbacks', enforce: true } } },
  },
  // Budgets of our own: tools/bundle-budget.mjs.
  performance: false,
  stats: 'errors-warnings',
};
