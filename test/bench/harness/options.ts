import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What a benchmark takes beside numbers. */
type Others<T extends string, F extends string> = { readonly texts?: readonly T[]; readonly flags?: readonly F[] };

/**
 * What a benchmark takes from its command line: numbers, by name and default, the folder of `--data`, texts and flags. For
 * `--help` it says which and ends; for anything that it does not take, with exit code 2.
 */
export const benchOptions = <N extends string, T extends string = never, F extends string = never>(
  defaults: Readonly<Record<N, number>>,
  { texts = [], flags = [] }: Others<T, F> = {},
) => {
  const names: N[] = [];
  for (const name in defaults) names.push(name);
  const said = [
    `--data DIR (${DATA})`,
    ...names.map((name) => `--${name} N (${defaults[name]})`),
    ...texts.map((name) => `--${name} TEXT`),
    ...flags.map((name) => `--${name}`),
  ];
  const taken = `It takes, behind --, ${said.join(', ')}. docs/benchmarks.md says what it measures.`;
  const given = readOptions([...names, ...texts], flags, taken);
  if (given['help'] === true) {
    console.log(taken);
    process.exit(0);
  }
  const text = (name: string): string | undefined => (typeof given[name] === 'string' ? given[name] : undefined);
  const numbers: Record<N, number> = { ...defaults };
  for (const name of names) {
    const own = text(name);
    if (own === undefined) continue;
    numbers[name] = Number(own);
    if (own === '' || !(numbers[name] >= 0)) refuse(`--${name} takes a number, 0 or more.`, taken);
  }
  return {
    data: resolve(text('data') ?? join(ROOT, DATA)),
    numbers,
    text: (name: T): string | undefined => text(name),
    flag: (name: F): boolean => given[name] === true,
  };
};

const DATA = '../shared/data';

type Given = Readonly<Record<string, string | boolean | undefined>>;

const readOptions = (texts: readonly string[], flags: readonly string[], taken: string): Given => {
  const typed = (names: readonly string[], type: 'string' | 'boolean') =>
    Object.fromEntries(names.map((name) => [name, { type }]));
  try {
    return parseArgs({ options: { ...typed(['data', ...texts], 'string'), ...typed(['help', ...flags], 'boolean') } })
      .values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), taken);
  }
};

const refuse = (what: string, taken: string): never => {
  console.error(`${what}\n${taken}`);
  process.exit(2);
};

/** Whether a folder of benchmark data is there; says so when it is not. */
export const hasData = (folder: string): boolean => {
  if (existsSync(folder)) return true;
  console.log('The benchmark data is not here: give its folder by --data DIR. Nothing was measured.');
  return false;
};
