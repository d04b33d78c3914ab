import {
  readForestFile,
  scoreEntitiesWithForest,
  scoreFilesWithForest,
  verifyPrivateForest,
  type ForestFile,
  type ForestQueue,
} from '../../../core/api/private-forest.ts';
import { readPublicKey } from '../../../core/api/release/index.ts';
import { NightjarError } from '../../../core/index.ts';
import {
  CASE_HELP,
  CASE_OPTIONS,
  integer,
  list,
  required,
  text,
  usageError,
  type Command,
  type OptionValues,
} from '../command.ts';
import { threadsOf, withCase, withCaseToFill } from '../open-for.ts';
import { printQueue, QUEUE_HELP, QUEUE_OPTIONS, queueOutput } from '../print-queue.ts';
import { HONEST } from '../queue-table.ts';
import { plain, type Terminal } from '../terminal.ts';
import { INPUT_HELP, INPUT_OPTIONS, planOptions } from './input-options.ts';

export const score: Command = {
  name: 'score',
  usage:
    'nightjar score --forest FILE LOG… [options]\n       nightjar score --forest FILE --entities FILE [--id COL]\n       nightjar score --forest FILE --case DIR',
  sentence: 'Rank your own actors by a private forest that another team released: nothing is fitted, nothing leaves.',
  help: `  --forest FILE          what \`nightjar release forest\` wrote; it is checked before it is used
  --trust FILE.pub,…     public keys that you received another way: a forest of any other is refused
${INPUT_HELP}
  --entities FILE        a table with one row per entity instead of a log
  --id COL               the column that names the entity
  --min-events N         events an actor needs to be ranked (default 3)
Case
${CASE_HELP}
Output
${QUEUE_HELP}`,
  options: {
    ...CASE_OPTIONS,
    ...INPUT_OPTIONS,
    forest: { type: 'string' },
    trust: { type: 'string' },
    entities: { type: 'string' },
    id: { type: 'string' },
    'min-events': { type: 'string' },
    ...QUEUE_OPTIONS,
  },
  run: async (values, positionals, terminal) => {
    const output = queueOutput(values);
    const forest = readChecked(values, terminal);
    const queue = await ranked(values, positionals, forest, output.top, terminal);
    printQueue(queue, output, terminal);
    for (const warning of queue.run.warnings) terminal.note(`warning: ${plain(warning)}`);
    if (output.format === 'table') terminal.note(HONEST);
    return 0;
  },
};

/** The forest of `--forest`, which must hold together and be of a key that is trusted, where keys are named. */
const readChecked = (values: OptionValues, terminal: Terminal): ForestFile => {
  const path = required(values, 'forest');
  const forest = readForestFile(path);
  const trusted = list(values, 'trust')?.map((file) => readPublicKey(file).fingerprint);
  const { ok, checks, signer } = verifyPrivateForest(forest, trusted);
  if (!ok) {
    const faults = checks.flatMap((check) => check.faults);
    throw new NightjarError('input', `The forest is not used: ${plain(faults.join(' '))}`, {
      where: path,
      next: 'Ask for the file again, and compare the fingerprint of its key with the reviewer who released it.',
    });
  }
  terminal.note(`The forest is signed by ${plain(signer.name)}, fingerprint ${signer.fingerprint}.`);
  return forest;
};

const ranked = (
  values: OptionValues,
  inputs: readonly string[],
  forest: ForestFile,
  top: number,
  terminal: Terminal,
): Promise<ForestQueue> => {
  const minEvents = integer(values, 'min-events', 1, 1e9);
  const common = {
    threads: threadsOf(values),
    ...(minEvents === undefined ? {} : { minEvents }),
    ...(top === Infinity ? {} : { explained: top }),
  };
  const table = text(values, 'entities');
  const ways = [inputs.length > 0, table !== undefined, text(values, 'case') !== undefined];
  if (ways.filter(Boolean).length !== 1) {
    throw usageError('Name what is to be scored.', 'Give log files, or --entities FILE, or --case DIR: one of them.');
  }
  if (table !== undefined) {
    const id = text(values, 'id');
    return scoreEntitiesWithForest(table, forest, { ...common, ...(id === undefined ? {} : { id }) }, terminal.watch);
  }
  const request = { ...common, ...planOptions(values), inputs };
  return (inputs.length > 0 ? withCaseToFill : withCase)(values, terminal, (into) =>
    scoreFilesWithForest(into, forest, request, terminal.watch),
  );
};
