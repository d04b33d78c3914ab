import { askForest } from '../../../core/api/private-forest.ts';
import { readQueryFile, requirePlace } from '../../../core/api/release/index.ts';
import { integer, list, required, text, usageError, type OptionValues } from '../command.ts';
import { plain, type Terminal } from '../terminal.ts';
import { askOrApprove } from './release-question.ts';
import { FOREST } from './release-decide.ts';

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
export const releaseForest = (values: OptionValues, terminal: Terminal): Promise<number> =>
  askOrApprove(values, terminal, {
    kind: FOREST,
    requirePlace,
    read: () => {
      const asked = {
        forest: settingsOf(values),
        epsilon: required(values, 'epsilon'),
        delta: text(values, 'delta'),
        purpose: text(values, 'purpose'),
      };
      return (into) => askForest(into, asked);
    },
  });

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
