// Writes what tools/bundle-budget.mjs judges: for each module that is loaded by itself, the files that a console has to fetch for it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Modules of which the console has the only copy: a second one would break hooks, routes and the store. */
const consolesOwn =
  /node_modules\/(react|react-i18next|react-redux|react-router|redux|redux-thunk|@openshift[^/]*\/dynamic-plugin-sdk)\//;
/** A module without state, which no console shares. */
const stateless = /react\/(jsx-runtime|cjs\/react-jsx-runtime)/;

const isShared = (module) => module.type === 'consume-shared-module';
const pathsOf = ({ resource, modules }) =>
  resource ? [resource] : [...(modules ?? [])].map((inner) => inner.resource ?? '');

/**
 * `file` becomes `{ loads, lacking, sharedTwice }`: `loads` by the exposed module's name, the worker's, or the base name of a module that
 * is imported on demand; `lacking` are shared modules that a console with the modules recorded in `recorded` does not have, so that
 * it loads ours; `sharedTwice` are modules of the console's own that were bundled nevertheless.
 */
export class LoadReport {
  constructor(file, recorded) {
    this.file = file;
    this.recorded = new Set(Object.keys(JSON.parse(readFileSync(recorded, 'utf8'))));
  }

  apply(compiler) {
    compiler.hooks.afterEmit.tap('LoadReport', ({ chunkGraph, chunkGroups, chunks }) => {
      const lacking = new Set();
      /** Files of a group of chunks, and of what the console lacks for them. */
      const filesOf = (group, seen = new Set()) => {
        if (seen.has(group)) return [];
        seen.add(group);
        const modules = group.chunks.flatMap((chunk) => [...chunkGraph.getChunkModulesIterable(chunk)]);
        const missing = modules.filter((module) => isShared(module) && !this.recorded.has(module.options.shareKey));
        for (const { options } of missing) lacking.add(options.shareKey);
        const fallbacks = missing.flatMap(({ blocks }) => blocks.map((block) => chunkGraph.getBlockChunkGroup(block)));
        return [
          ...group.chunks.flatMap((chunk) => [...chunk.files]),
          ...fallbacks.flatMap((each) => filesOf(each, seen)),
        ];
      };
      const loads = {};
      for (const group of chunkGroups) {
        const requests = group.origins
          .filter(({ module }) => module && !isShared(module))
          .map(({ request }) => request ?? '');
        const names = group.name
          ? [group.name.replace('exposed-', '')]
          : requests.filter((each) => each.startsWith('.')).map((each) => basename(each));
        for (const name of names) loads[name] = [...new Set(filesOf(group))];
      }
      const bundled = [...chunks].flatMap((chunk) => [...chunkGraph.getChunkModulesIterable(chunk)].flatMap(pathsOf));
      const sharedTwice = bundled.filter((path) => consolesOwn.test(path) && !stateless.test(path));
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(this.file, JSON.stringify({ loads, lacking: [...lacking], sharedTwice }));
    });
  }
}
