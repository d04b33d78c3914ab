import { peersFirst } from '../../detect/evidence.ts';
import { toTableOrder } from '../../detect/fit-parts.ts';
import { makePace, standing } from '../../detect/index.ts';
import { tailCurve } from '../../detect/tail-curve.ts';
import { explainInFull, peersOf, type Explained, type FeatureWords, type Peers } from '../../explain/index.ts';
import { buildFeatures } from '../../features/index.ts';
import { availableColumns, importFiles, readEntities, type PlanOptions } from '../../ingest/index.ts';
import { systemRandom } from '../../random/index.ts';
import { forestOf, scoreColumns, type ForestFile, type ScoredForest } from '../../release/private-forest/index.ts';
import type { Case } from '../../store/index.ts';
import type { FeatureTable } from '../../table/index.ts';
import { VERSION } from '../../version.ts';
import type { ListedActor, RunInput } from '../detect-result.ts';
import { DEFAULT_EXPLAINED, DEFAULT_MIN_EVENTS, importWarnings, inputOf, withoutRange } from '../detect.ts';
import { NightjarError } from '../errors.ts';
import type { Watch } from '../progress.ts';

export type ForestScoring = {
  readonly minEvents?: number;
  /** How many actors, from the top of the queue, get reasons. */
  readonly explained?: number;
};

/** One's own actors, ranked by somebody else's forest. */
export type ForestQueue = {
  readonly run: {
    readonly version: string;
    readonly inputs: readonly RunInput[];
    readonly detectors: readonly string[];
    readonly features: readonly string[];
    readonly minEvents: number;
    readonly warnings: readonly string[];
  };
  /** `score` is where the forest puts the actor among the others here: 2 means as extreme as 1 in 100. */
  readonly actors: readonly ListedActor[];
};

/**
 * Ranks the actors of logs, or of a case where none are named, by a private forest that another team released; nothing is
 * fitted and nothing leaves. What the file claims of privacy is for `verifyPrivateForest` to check. Errors: those of the
 * import; `input` where the log does not give a feature of the forest; `cancelled`.
 */
export const scoreFilesWithForest = async (
  into: Case,
  file: ForestFile,
  request: ForestScoring & PlanOptions & { readonly inputs: readonly string[]; readonly threads: number },
  watch: Watch = {},
): Promise<ForestQueue> => {
  const imported = request.inputs.length === 0 ? [] : await importFiles(into, request.inputs, request, watch);
  const available = await availableColumns(into.connection);
  if (available.size === 0) {
    throw new NightjarError('input', 'The case holds no events.', { next: 'Name a log to score.' });
  }
  const forest = forestOf(file);
  const always = featuresOf(forest);
  const { table, dictionary } = await buildFeatures(into.connection, { available, always }, watch);
  await into.connection.run('DROP TABLE features'); // of this ranking, which no run of the case keeps
  const told = {
    inputs: imported.map(inputOf),
    minEvents: request.minEvents ?? DEFAULT_MIN_EVENTS,
    warnings: importWarnings(imported),
  };
  return rankWithForest(table, dictionary, forest, told, request, watch);
};

/** The same for a ready table with one row per actor. Errors: those of reading the table; the same otherwise. */
export const scoreEntitiesWithForest = async (
  path: string,
  file: ForestFile,
  request: ForestScoring & { readonly id?: string; readonly threads: number },
  watch: Watch = {},
): Promise<ForestQueue> => {
  const read = await readEntities(path, { ...request, key: systemRandom.bytes(32) }, watch);
  const { name, sha256, rows, quarantined, table, warnings } = read;
  const inputs = [{ name, sha256, rows, stored: rows - quarantined, quarantined }];
  const words = table.names.map((feature) => ({ name: feature, sentence: feature, unit: '' }));
  return rankWithForest(table, words, forestOf(file), { inputs, minEvents: 1, warnings }, request, watch);
};

const NAME = 'privateForest';

const featuresOf = ({ plan }: ScoredForest): readonly string[] => plan.settings.features.map(({ name }) => name);

const rankWithForest = async (
  table: FeatureTable,
  dictionary: readonly FeatureWords[],
  forest: ScoredForest,
  { inputs, minEvents, warnings }: Pick<ForestQueue['run'], 'inputs' | 'minEvents' | 'warnings'>,
  { explained = DEFAULT_EXPLAINED }: ForestScoring,
  watch: Watch,
): Promise<ForestQueue> => {
  const features = featuresOf(forest);
  const columns = features.map((name) => columnOf(table, name));
  const { rows, peers: count, hasEvidence, warnings: ofPeers } = peersFirst(table, minEvents);
  const raw = scoreColumns(forest, columns, table.actors.length);
  const place = standing(
    Float64Array.from(rows, (row) => raw[row] ?? 0),
    count,
  );
  const score = toTableOrder(place.tailRank, rows);
  const percentile = toTableOrder(place.percentile, rows);
  const evidence = table.actors.map((_, row) => (hasEvidence(row) ? 'ok' : 'insufficient'));
  const order = table.actors
    .map((_, row) => row)
    .sort((a, b) => Number(hasEvidence(b)) - Number(hasEvidence(a)) || (raw[b] ?? 0) - (raw[a] ?? 0) || a - b);

  const peers = peersOf(table, evidence, dictionary);
  const curve = tailCurve(Float64Array.from(rows.slice(0, count), (row) => raw[row] ?? 0));
  const detection: Explained = {
    features,
    parts: [
      {
        name: NAME,
        evidence: 'odd',
        score: raw,
        tailRank: score,
        weight: 1,
        attribute: (some) => Promise.resolve(falls(forest, columns, peers, some)),
      },
    ],
    evidence,
    odd: score,
    alike: undefined,
    groups: [],
    rescore: (changed) => Promise.resolve(scoreRows(forest, changed).map(curve)),
  };
  const told = await explainInFull(
    table,
    detection,
    dictionary,
    { rows: order.slice(0, explained), peers, pace: makePace(watch) },
    watch,
  );
  return {
    run: {
      version: VERSION,
      inputs,
      detectors: [NAME],
      features,
      minEvents,
      warnings: [...warnings, ...unknownFeatures(features, columns), ...ofPeers],
    },
    actors: order.map((row, i) => ({
      actor: table.actors[row] ?? '',
      rank: i + 1,
      score: score[row] ?? 0,
      percentile: percentile[row] ?? 0,
      evidence: evidence[row] ?? 'insufficient',
      events: table.events[row] ?? 0,
      detectors: { [NAME]: raw[row] ?? 0 },
      reasons: (told[i]?.reasons ?? []).map(withoutRange),
      ...(told[i] === undefined ? {} : { summary: told[i].summary }),
      ...(told[i]?.smallestChange ? { smallestChange: told[i].smallestChange.sentence } : {}),
    })),
  };
};

const unknownFeatures = (features: readonly string[], columns: readonly Float64Array[]): string[] =>
  features
    .filter((_, j) => columns[j]?.every(Number.isNaN) === true)
    .map((name) => `"${name}" is not known of any actor: the forest takes it for lower than all others.`);

/** Features named where one is missing. */
const MOST_NAMED = 40;

const columnOf = (table: FeatureTable, name: string): Float64Array => {
  const at = table.names.indexOf(name);
  const column = table.columns[at];
  if (column !== undefined && (table.levels?.[at] ?? 0) > 0) {
    throw new NightjarError('input', 'A feature that the forest splits on holds no numbers here.', {
      where: name,
      next: 'Give it as numbers, in the unit that the forest was made with.',
    });
  }
  if (column !== undefined) return column;
  throw new NightjarError('input', 'The data does not give a feature that the forest splits on.', {
    where: name,
    next: `It has: ${table.names.slice(0, MOST_NAMED).join(', ')}. Map the column that the feature is made of (--map), or ask for another forest.`,
  });
};

/** How much lower the score of each row is with each feature at the peers' median, row by row. */
const falls = (
  forest: ScoredForest,
  columns: readonly Float64Array[],
  peers: Peers,
  rows: readonly number[],
): Float64Array => {
  const own = rows.map((row) => Float64Array.from(columns, (column) => column[row] ?? Number.NaN));
  const typical = featuresOf(forest).map((name) => peers.column(name).median);
  const changed = own.flatMap((values) => [values, ...typical.map((value, j) => values.with(j, value))]);
  const scores = scoreRows(forest, changed);
  const width = columns.length + 1;
  return Float64Array.from({ length: rows.length * columns.length }, (_, at) => {
    const first = Math.floor(at / columns.length) * width;
    return (scores[first] ?? 0) - (scores[first + 1 + (at % columns.length)] ?? 0);
  });
};

const scoreRows = (forest: ScoredForest, rows: readonly Float64Array[]): Float64Array => {
  const columns = featuresOf(forest).map((_, j) => Float64Array.from(rows, (row) => row[j] ?? Number.NaN));
  return scoreColumns(forest, columns, rows.length);
};
