import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Native code stays a package of its own; what loads only where it is installed is not bundled either. */
export const EXTERNAL = ['electron', '@duckdb/node-bindings', '@tensorflow/tfjs-node'];

/** Modules that threads start with, by the name of their bundle: threads are started from files beside the code that starts them. */
export const workerEntries = (root) =>
  Object.fromEntries(
    readdirSync(join(root, 'core'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('-worker.ts'))
      .sort()
      .map((path) => [basename(path, '.ts'), join('core', path)]),
  );
