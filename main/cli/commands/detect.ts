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
import { threadsOf, withCaseToFill } from '../open-for.ts';
import { queueCsv } from '../queue-csv.ts';
import { queueTable, runNotes } from '../queue-table.ts';
import { inertJson, type Terminal } from '../terminal.ts';
import { INPUT_HELP, INPUT_OPTIONS, planOptions } from './input-options.ts';

const FORMATS = ['table', 'json', 'csv'] as const;
const BACKENDS = ['simd', 'native', 'wasm', 'cpu'] as const;
const TABLE_ROWS = 20;
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
  --top N                actors to print (default: ${TABLE_ROWS} as a table, all as JSON or CSV)
  --format table|json|csv`,
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
    top: { type: 'string' },
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    const format = oneOf(values, 'format', FORMATS) ?? 'table';
    const top = integer(values, 'top', 1, 1e9) ?? (format === 'table' ? TABLE_ROWS : Infinity);
    const result = await ranked(values, positionals, terminal, top);
    print(result, format, top, terminal);
    if (format === 'table' && text(values, 'case') === undefined) terminal.note(NO_CASE);
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
  return withCaseToFill(values, terminal, (into) =>
    detectFiles(into, { ...common, ...planOptions(values), inputs }, terminal.watch),
  );
};

const print = (result: DetectResult, format: (typeof FORMATS)[number], top: number, terminal: Terminal): void => {
  const shown = { run: result.run, actors: result.actors.slice(0, top) };
  if (format === 'json') terminal.out(`${inertJson(shown)}\n`);
  else if (format === 'csv') terminal.out(queueCsv(shown));
  else terminal.out(queueTable(shown, result.actors.length, terminal.columns));
  for (const note of runNotes(result.run, format === 'table')) terminal.note(note);
};
