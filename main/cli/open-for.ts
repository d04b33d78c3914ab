import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { createTemporaryCase, NightjarError, openCase, VERSION, type Case } from '../../core/index.ts';
import { integer, required, size, text, type OptionValues } from './command.ts';
import type { Terminal } from './terminal.ts';

/** Share of the memory setting that the data engine gets; the rest is for blocks on their way and for the detectors. */
const ENGINE_SHARE = 0.6;
const MOST_BYTES = 4 * 2 ** 30;

export const threadsOf = (values: OptionValues): number => integer(values, 'threads', 1, 256) ?? availableParallelism();

export const passphraseOf = (values: OptionValues, terminal: Terminal): string | undefined => {
  const path = text(values, 'passphrase-file');
  if (path === undefined) return terminal.env['NIGHTJAR_PASSPHRASE'] || undefined;
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/u, '');
  } catch (error) {
    throw new NightjarError(
      'usage',
      'The passphrase file cannot be read.',
      { where: path, next: 'Check its path and permissions.' },
      error,
    );
  }
};

const options = (values: OptionValues, terminal: Terminal) => {
  const passphrase = passphraseOf(values, terminal);
  const memoryBytes = size(values, 'memory') ?? Math.min(MOST_BYTES, totalmem() / 2);
  return {
    program: 'nightjar',
    appVersion: VERSION,
    threads: threadsOf(values),
    memoryLimitBytes: Math.floor(memoryBytes * ENGINE_SHARE),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
};

/** Opens the case of `--case`, runs `work` and closes the case whatever happens. */
export const withCase = async <T>(
  values: OptionValues,
  terminal: Terminal,
  work: (opened: Case) => Promise<T>,
): Promise<T> => closing(await openCase(required(values, 'case'), options(values, terminal)), terminal, work);

/** As `withCase`, but makes the case where there is none, and a temporary one without `--case`. */
export const withCaseToFill = async <T>(
  values: OptionValues,
  terminal: Terminal,
  work: (opened: Case) => Promise<T>,
): Promise<T> => {
  const directory = text(values, 'case');
  const { passphrase, ...rest } = options(values, terminal);
  if (directory === undefined) return closing(await createTemporaryCase(rest), terminal, work);
  const sealing = values['no-vault'] === true ? { sealing: 'none' as const } : {};
  const sealed = values['no-vault'] === true || passphrase === undefined ? {} : { passphrase };
  return closing(await openCase(directory, { ...rest, ...sealing, ...sealed, create: 'if-missing' }), terminal, work);
};

/** A cancelled command does not wait for the database: its process ends at once, and the case is left on the way out. */
const closing = async <T>(opened: Case, terminal: Terminal, work: (opened: Case) => Promise<T>): Promise<T> => {
  const leave = (): void => opened.leave();
  process.once('exit', leave);
  try {
    return await work(opened);
  } finally {
    if (terminal.watch.signal?.aborted !== true) {
      process.removeListener('exit', leave);
      await opened.close();
    }
  }
};
