import { exitCodeOf, NightjarError, VERSION } from '../../core/index.ts';
import { parseCommand, type Command } from './command.ts';
import { audit } from './commands/audit.ts';
import { detect } from './commands/detect.ts';
import { evaluate } from './commands/evaluate.ts';
import { journal } from './commands/journal.ts';
import { label } from './commands/label.ts';
import { ledger } from './commands/ledger.ts';
import { model } from './commands/model.ts';
import { open } from './commands/open.ts';
import { reidentify } from './commands/reidentify.ts';
import { release } from './commands/release.ts';
import { rerank } from './commands/rerank.ts';
import { risk } from './commands/risk.ts';
import { rules } from './commands/rules.ts';
import { samples } from './commands/samples.ts';
import { score } from './commands/score.ts';
import { vault } from './commands/vault.ts';
import { createProgressLine, plain, type Terminal } from './terminal.ts';

/** Every command, in the order of `nightjar --help`. */
export const COMMANDS: readonly Command[] = [
  open,
  detect,
  evaluate,
  label,
  rerank,
  score,
  risk,
  rules,
  release,
  ledger,
  audit,
  model,
  journal,
  reidentify,
  vault,
  samples,
];

/** How long a cancelled command may tidy up before it is ended; a case survives being ended at any moment. */
const CANCEL_GRACE_MS = 30;

/** Runs `nightjar ARGS` to its end and ends the process with its exit code. */
export const runCommandLine = async (argv: readonly string[]): Promise<void> => {
  const progress = createProgressLine(process.stderr);
  const cancel = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (cancel.signal.aborted) endBy(signal);
    cancel.abort();
    if (isOpenEnded(argv)) return;
    setTimeout(() => {
      progress.clear();
      process.stderr.write('nightjar: cancelled. Nothing half-done was kept.\n');
      endBy(signal);
    }, CANCEL_GRACE_MS);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  // Told in one go at the end, in the order in which it was said: results and messages do not overtake each other.
  const pending: { readonly stream: NodeJS.WriteStream; readonly text: string }[] = [];
  const terminal: Terminal = {
    out: (text) => {
      progress.clear();
      pending.push({ stream: process.stdout, text });
    },
    note: (text) => {
      progress.clear();
      pending.push({ stream: process.stderr, text: `${text}\n` });
    },
    columns: process.stdout.columns ?? 100,
    env: process.env,
    watch: { signal: cancel.signal, onProgress: (step) => progress.onProgress(step) },
  };
  let code: number;
  try {
    code = await dispatch(argv, terminal);
  } catch (error) {
    code = report(error, terminal);
  }
  for (const { stream, text } of pending) stream.write(text);
  process.exitCode = code;
  process.stdout.end(() => process.exit(code));
};

const isOpenEnded = ([name, ...rest]: readonly string[]): boolean => {
  const ends = COMMANDS.find((command) => command.name === name)?.isOpenEnded ?? false;
  return typeof ends === 'boolean' ? ends : ends(rest);
};

/**
 * Ends this process by the signal it was sent, as a shell expects (`$?` is 130 after Ctrl-C), once what tidies up at exit
 * has run. Not `process.exit`: that waits for the data engine's threads, which may be waiting for this one.
 */
const endBy = (signal: NodeJS.Signals): void => {
  process.emit('exit', 130);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
};

const dispatch = async (argv: readonly string[], terminal: Terminal): Promise<number> => {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    terminal.out(`nightjar ${VERSION}\n`);
    return 0;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) {
    throw new NightjarError('usage', `There is no command "${plain(name)}".`, {
      next: `Commands: ${COMMANDS.map((each) => each.name).join(', ')}.`,
    });
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(`${command.sentence}\n\nUsage: ${command.usage}\n\n${command.help}\n`);
    return 0;
  }
  const { values, positionals } = parseCommand(command, rest);
  return command.run(values, positionals, terminal);
};

const overview = (): string =>
  `nightjar ${VERSION}: finds suspicious behaviour in logs that must not leave the building.

Usage: nightjar COMMAND [options]

${COMMANDS.map((command) => `  ${command.name.padEnd(12)} ${command.sentence}`).join('\n')}

\`nightjar COMMAND --help\` tells more. Exit codes: 0 ok, 1 the work failed, 2 wrong usage or unreadable input.
`;

const report = (error: unknown, terminal: Terminal): number => {
  if (error instanceof NightjarError) {
    terminal.note(`nightjar: ${plain(error.message)}`);
    if (error.where !== undefined) terminal.note(`  where: ${plain(error.where)}`);
    if (error.next !== undefined) terminal.note(`  next:  ${plain(error.next)}`);
    return exitCodeOf(error);
  }
  const kind = error instanceof Error ? error.name : typeof error;
  terminal.note(`nightjar: something went wrong that should not (${plain(kind)}). Set NIGHTJAR_DEBUG=1 to see where.`);
  if (terminal.env['NIGHTJAR_DEBUG'] === '1')
    terminal.note(error instanceof Error ? (error.stack ?? '') : String(error));
  return 1;
};
