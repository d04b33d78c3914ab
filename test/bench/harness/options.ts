import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Numbers a benchmark takes from its command line, by name and default, and the folder of `--data`. */
export const benchOptions = <N extends string>(
  defaults: Readonly<Record<N, number>>,
): { readonly data: string; readonly numbers: Readonly<Record<N, number>> } => {
  const names: N[] = [];
  for (const name in defaults) names.push(name);
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: join(ROOT, '../shared/data') },
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    },
  });
  const given: Readonly<Record<string, string | boolean | undefined>> = values;
  const numbers: Record<N, number> = { ...defaults };
  for (const name of names) if (given[name] !== undefined) numbers[name] = Number(given[name]);
  return { data: resolve(values.data), numbers };
};

/** Whether a folder of benchmark data is there; says so when it is not. */
export const hasData = (folder: string): boolean => {
  if (existsSync(folder)) return true;
  console.log('The benchmark data is not here: give its folder by --data DIR. Nothing was measured.');
  return false;
};
