import {
  approveForest,
  askForest,
  readForestFile,
  requireForestPlace,
  verifyPrivateForest,
  writeForestFile,
  type ForestFile,
} from '../../../core/api/private-forest.ts';
import { openKeyFile, readQueryFile, viewLedger, type ReviewerKey } from '../../../core/api/release/index.ts';
import { integer, list, oneOf, required, text, usageError, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { keyPassphrase } from './key-passphrase.ts';

const FORMATS = ['table', 'json'] as const;

/** Options of `release forest` beside those of `release`. */
export const FOREST_OPTIONS = {
  bounds: { type: 'string' },
  features: { type: 'string' },
  trees: { type: 'string' },
  depth: { type: 'string' },
  seed: { type: 'string' },
} as const;

export const FOREST_USAGE = `nightjar release forest --case DIR --bounds FILE [--features a,b] --epsilon E [--delta D] [--purpose TEXT]
       nightjar release forest --case DIR --bounds FILE [--features a,b] --epsilon E [--delta D] --key REVIEWER_KEY --out FILE
       nightjar release forest --case DIR --request ID --key REVIEWER_KEY --out FILE`;

export const FOREST_HELP = `  --bounds FILE          JSON: of each feature its public bounds, like {"event_count": [0, 10, 1000], "night_share": [0, 1]};
                         never read from the data; marks within are where splits are denser
  --features a,b         only these of them
  --trees N, --depth N   of the forest (default: 200, 5)
  --seed N               of its splits, which are public (default: 1)`;

/**
 * `nightjar release forest`: asks for a private forest; with `--key` approves it in one go; with `--request` approves one
 * that was asked for. The exit code.
 */
export const releaseForest = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const json = oneOf(values, 'format', FORMATS) === 'json';
  const key = text(values, 'key') === undefined ? undefined : await openKey(values, terminal);
  const out = key === undefined ? undefined : required(values, 'out');
  if (out !== undefined) requireForestPlace(out);
  const beginning = text(values, 'request');
  if (beginning !== undefined) {
    if (key === undefined || out === undefined) throw usageError('--key is missing.', 'Give --key and --out.');
    return withCase(values, terminal, async (into) => {
      const found = viewLedger(into).requests.filter(({ id }) => id.startsWith(beginning));
      const [only] = found;
      if (only === undefined || found.length > 1) {
        throw usageError('No single request begins like that.', 'See `nightjar release requests --case DIR`.');
      }
      const { file, isRepeated } = await approveForest(into, only.id, key, terminal.watch);
      return give(file, isRepeated, out, json, terminal);
    });
  }
  const forest = settingsOf(values);
  const epsilon = required(values, 'epsilon');
  return withCase(values, terminal, async (into) => {
    if (key !== undefined && viewLedger(into).twoPersons) {
      const next = 'Ask without --key; the reviewer approves with `nightjar release forest --request ID`.';
      throw usageError('This case demands two persons: one asks, another approves.', next);
    }
    const asked = await askForest(into, {
      forest,
      epsilon,
      delta: text(values, 'delta'),
      purpose: text(values, 'purpose'),
    });
    if (asked.kind === 'answered') return give(asked.file, true, out, json, terminal);
    if (key === undefined || out === undefined) {
      const { request, plan } = asked;
      if (json) {
        terminal.out(`${inertJson({ request, state: 'pending', statements: plan.statements })}\n`);
        return 0;
      }
      terminal.out(`Request ${request} waits for a reviewer. Nothing was spent.\n`);
      for (const statement of plan.statements) terminal.note(plain(statement));
      return 0;
    }
    const { file, isRepeated } = await approveForest(into, asked.request, key, terminal.watch);
    return give(file, isRepeated, out, json, terminal);
  });
};

/** What `nightjar release verify FILE` says of a forest's file. Errors: `input`. */
export const verifyForestFile = (path: string, trusted?: readonly string[]): ReturnType<typeof verifyPrivateForest> => {
  const file: ForestFile = readForestFile(path);
  return verifyPrivateForest(file, trusted);
};

type Settings = Parameters<typeof askForest>[1]['forest'];

/** The JSON of a forest from `--bounds` and the numbers beside it; what it means is checked when it is asked. */
const settingsOf = (values: OptionValues): Settings => {
  const bounds = readQueryFile(required(values, 'bounds'));
  const example = 'Write {"event_count": [0, 1000]}.';
  if (typeof bounds !== 'object' || bounds === null || Array.isArray(bounds)) {
    throw usageError('The bounds are not a JSON object.', example);
  }
  const declared = new Map(Object.entries(bounds));
  const names = list(values, 'features') ?? [...declared.keys()];
  const features = names.map((name) => {
    const given = declared.get(name);
    if (given === undefined) throw usageError(`The bounds of ${plain(name)} are missing.`, `Add them: ${example}`);
    return { name, bounds: given };
  });
  const numbers = {
    trees: integer(values, 'trees', 1, 10_000),
    depth: integer(values, 'depth', 1, 12),
    seed: integer(values, 'seed', 0, 2 ** 32 - 1),
  };
  const chosen = Object.entries(numbers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { forest: { features, ...Object.fromEntries(chosen) } };
};

/** Writes a forest where it was asked for, or shows it where no file was named. */
const give = (
  file: Buffer,
  isRepeated: boolean,
  out: string | undefined,
  json: boolean,
  terminal: Terminal,
): number => {
  if (isRepeated) terminal.note('The same forest was asked for before: this is that one. It cost nothing.');
  if (out === undefined) {
    terminal.out(file.toString('utf8'));
    return 0;
  }
  writeForestFile(out, file);
  terminal.out(json ? `${inertJson({ json: out, isRepeated })}\n` : `Released: ${plain(out)}\n`);
  return 0;
};

const openKey = (values: OptionValues, terminal: Terminal): Promise<ReviewerKey> =>
  openKeyFile(required(values, 'key'), keyPassphrase(values, terminal));
