import { parseArgs, type ParseArgsConfig } from 'node:util';
import { NightjarError } from '../../core/index.ts';
import type { Terminal } from './terminal.ts';

type ParseArgsOptionsConfig = NonNullable<ParseArgsConfig['options']>;

export type OptionValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** One command of `nightjar`. */
export type Command = {
  readonly name: string;
  readonly usage: string;
  readonly sentence: string;
  /** What `--help` shows below the usage. */
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  /** Runs until it is stopped: Ctrl-C is its normal end, for which it may take its time. It may hang on the words after its name. */
  readonly isOpenEnded?: boolean | ((argv: readonly string[]) => boolean);
  /** Runs and returns the exit code. */
  run(values: OptionValues, positionals: readonly string[], terminal: Terminal): Promise<number>;
};

/** Options every command that opens a case takes. */
export const CASE_OPTIONS = {
  case: { type: 'string' },
  'passphrase-file': { type: 'string' },
  threads: { type: 'string' },
  memory: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export const CASE_HELP = `  --case DIR             the case directory
  --passphrase-file FILE passphrase of the vault (or the variable NIGHTJAR_PASSPHRASE); without one the vault
                         is sealed under your user's keyring
  --threads N            processor threads (default: all); results do not depend on it
  --memory SIZE          memory to stay within, such as 4GiB (default: half of the machine, at most 4GiB)`;

/** Reads a command's arguments. Throws `usage` with the way out. */
export const parseCommand = (
  command: Command,
  argv: readonly string[],
): { values: OptionValues; positionals: string[] } => {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals };
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const option = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument (?:is ambiguous|missing)/u.exec(said)?.[1];
    if (option !== undefined) throw usageError(`${option} needs a value.`, `Write ${option}=VALUE.`);
    const message = said.split(/\.?(?:\n|\. |$)/u)[0] ?? '';
    throw usageError(`${message}.`, `See \`nightjar ${command.name} --help\`.`);
  }
};

export const usageError = (message: string, next: string): NightjarError =>
  new NightjarError('usage', message, { next });

export const text = (values: OptionValues, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

export const required = (values: OptionValues, name: string): string => {
  const value = text(values, name);
  if (value === undefined || value === '') throw usageError(`--${name} is missing.`, `Give --${name}.`);
  return value;
};

/** What `--actor` and `--label` say of a labels file. */
export const labelColumns = (values: OptionValues): { actorColumn?: string; labelColumn?: string } => {
  const actorColumn = text(values, 'actor');
  const labelColumn = text(values, 'label');
  return {
    ...(actorColumn === undefined ? {} : { actorColumn }),
    ...(labelColumn === undefined ? {} : { labelColumn }),
  };
};

export const list = (values: OptionValues, name: string): string[] | undefined =>
  text(values, name)
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A whole number within bounds. */
export const integer = (values: OptionValues, name: string, low: number, high: number): number | undefined => {
  const value = text(values, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/u.test(value) && number >= low && number <= high) return number;
  throw usageError(`--${name} takes a whole number from ${low} to ${high}.`, `Example: --${name} ${low}.`);
};

export const oneOf = <T extends string>(values: OptionValues, name: string, choices: readonly T[]): T | undefined => {
  const value = text(values, name);
  if (value === undefined) return undefined;
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw usageError(`--${name} takes one of: ${choices.join(', ')}.`, `Example: --${name} ${choices[0] ?? ''}.`);
};

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** A size such as `4GiB`, `512MB`, `2g`: bytes. */
export const size = (values: OptionValues, name: string): number | undefined => {
  const value = text(values, name);
  if (value === undefined) return undefined;
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/iu.exec(value.trim());
  const bytes = match ? Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1) : Number.NaN;
  if (bytes >= 256 * 2 ** 20) return bytes;
  throw usageError(`--${name} takes a size of at least 256MiB.`, `Example: --${name} 4GiB.`);
};
