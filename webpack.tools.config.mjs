import { join } from 'node:path';
import { BundledPackages } from './tools/bundled-packages.mjs';

const root = import.meta.dirname;

/** The command line of the hooks: one file that Node runs without node_modules. Not minified, so that a stack trace can be read. */
export default {
  mode: 'production',
  target: 'node20',
  context: root,
  entry: './src/command-line/main.ts',
  experiments: { outputModule: true },
  output: {
    path: join(root, 'dist-tools'),
    filename: 'main.mjs',
    module: true,
    library: { type: 'module' },
    clean: true,
  },
  resolve: { extensions: ['.ts', '.js'] },
  module: {
    // What is imported only when it is needed is in the same file, and runs only then.
    parser: { javascript: { dynamicImportMode: 'eager' } },
    rules: [
      {
        test: /\.ts$/,
        exclude: /node_modules/,
        loader: 'swc-loader',
        options: { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } },
      },
      // Of client-node only the kubeconfig is used; its thousand generated models would come along otherwise.
      { test: /node_modules\/@kubernetes\/client-node\//, sideEffects: false },
    ],
  },
  plugins: [new BundledPackages(join(root, '.build/images/tools-packages.json'))],
  optimization: { minimize: false },
  performance: false,
  stats: 'errors-warnings',
};
