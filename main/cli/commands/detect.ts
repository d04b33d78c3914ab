import {
  DEFAULT_MIN_EVENTS,
  DEFAULT_SEED,
  DEFAULT_DETECTORS,
  DETECTOR_NAMES,
  detectEntities,
  detectFiles,
  type Case,
  type DetectResult,
} from '../../../core/index.ts';
import {
  CASE_HELP,
  CASE_OPTIONS,
  integer,
  list,
  oneOf,
  text,
  usageError,
  type Command,
  type OptionValues,
} from '../command.ts';
import { threadsOf, withCase, withCaseToFill } from '../open-for.ts';
import { printQueue, QUEUE_HELP, QUEUE_OPTIONS, queueOutput } from '../print-queue.ts';
import { runNotes } from '../queue-table.ts';
import type { Terminal } from '../terminal.ts';
import { INPUT_HELP, INPUT_OPTIONS, planOptions } from './input-options.ts';

const BACKENDS = ['simd', 'native', 'wasm', 'cpu'] as const;
const NO_CASE = 'Without --case DIR these pseudonyms lead nowhere: nothing was kept, and nobody can be looked up.';

export const detect: Command = {
  name: 'detect',
  usage:
    'nightjar detect FILE… [options]\n       nightjar detect --entities FILE [--id COL] [--ignore COL,…] [options]\n       nightjar detect --case DIR',
  sentence: 'Import logs, replace identities, and print the ranked queue of suspicious actors.',
  help: `Input
${INPUT_HELP}
  --entities FILE        a table with one row per entity instead of a log: numeric columns are features
  --id COL               the column that names the entity
  --ignore COL,…         columns that are no features
Detection
  --detectors a,b        ${DETECTOR_NAMES.join(', ')}
                         (default: ${DEFAULT_DETECTORS.join(', ')})
  --min-events N         events an actor needs to be ranked (default ${DEFAULT_MIN_EVENTS})
  --seed N               same seed, same answer (default ${DEFAULT_SEED})
  --backend NAME         of the autoencoder: simd (own kernel, the default); native, wasm, cpu (TensorFlow.js)
Case
${CASE_HELP}
  --no-vault             a new case without one: nobody can ever re-identify
Output
${QUEUE_HELP}`,
  options: {
    ...CASE_OPTIONS,
    'no-vault': { type: 'boolean' },
    ...INPUT_OPTIONS,
    entities: { type: 'string' },
    id: { type: 'string' },
    ignore: { type: 'string' },
    detectors: { type: 'string' },
    'min-events': { type: 'string' },
    seed: { type: 'string' },
    backend: { type: 'string' },
    ...QUEUE_OPTIONS,
  },
  run: async (values, positionals, terminal) => {
    const output = queueOutput(values);
    const isTable = output.format === 'table';
    const result = await ranked(values, positionals, terminal, output.top);
    printQueue(result, output, terminal);
    for (const note of runNotes(result.run, isTable)) terminal.note(note);
    if (isTable && text(values, 'case') === undefined) terminal.note(NO_CASE);
    return 0;
  },
};

const ranked = (
  values: OptionValues,
  inputs: readonly string[],
  terminal: Terminal,
  top: number,
): Promise<DetectResult> => {
  const detectors = list(values, 'detectors');
  const backend = oneOf(values, 'backend', BACKENDS);
  const minEvents = integer(values, 'min-events', 1, 1e9);
  const seed = integer(values, 'seed', 0, 2 ** 53 - 1);
  const common = {
    threads: threadsOf(values),
    ...(detectors === undefined ? {} : { detectors }),
    ...(backend === undefined ? {} : { backend }),
    ...(minEvents === undefined ? {} : { minEvents }),
    ...(seed === undefined ? {} : { seed }),
    // A case is looked at later: it gets the reasons of more actors than are printed now.
    ...(top === Infinity || text(values, 'case') !== undefined ? {} : { explained: top }),
  };
  const table = text(values, 'entities');
  if (table !== undefined) {
    if (inputs.length > 0) throw usageError('--entities takes the place of log files.', 'Name one or the other.');
    const id = text(values, 'id');
    const ignore = list(values, 'ignore');
    const request = { ...common, ...(id === undefined ? {} : { id }), ...(ignore === undefined ? {} : { ignore }) };
    const rank = (into?: Case): Promise<DetectResult> =>
      detectEntities(table, { ...request, ...(into === undefined ? {} : { into }) }, terminal.watch).then(
        ({ result }) => result,
      );
    return text(values, 'case') === undefined ? rank() : withCaseToFill(values, terminal, rank);
  }
  if (inputs.length === 0 && text(values, 'case') === undefined) {
    throw usageError('There is nothing to rank.', 'Name a log file, or a case with --case DIR.');
  }
  // Without a log there is nothing to fill a case with: a slip of the pen in its name must not make one.
  const within = inputs.length === 0 ? withCase : withCaseToFill;
  return within(values, terminal, (into) =>
    detectFiles(into, { ...common, ...planOptions(values), inputs }, terminal.watch),
  );
};
