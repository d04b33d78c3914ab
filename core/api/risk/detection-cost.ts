import { suppressedRows, type ActorColumn, type DetectionCost, type QuasiColumn } from '../../anonymize/risk/index.ts';
import { detectActors, type Detection } from '../../detect/index.ts';
import { evaluateRanking } from '../../evaluate/index.ts';
import { buildFeatures, readInteractions } from '../../features/index.ts';
import { availableColumns } from '../../ingest/index.ts';
import { spearman } from '../../math/index.ts';
import { loadLatestRun, readRunFeatures, type Case } from '../../store/index.ts';
import { withChangedEvents } from '../../store/index.ts';
import type { FeatureTable } from '../../table/index.ts';
import { readRunManifest, type Manifest } from '../explore/manifest.ts';
import type { Watch } from '../progress.ts';
import { changesOf, type Changes } from './changes.ts';

/** How rankings are watched, and on how many threads they run; they do not depend on it. */
export type RunWatch = Watch & { readonly threads?: number };

/** The latest ranking of a case, to hold others against. */
export type Before = {
  readonly manifest: Manifest;
  /** Actors with evidence and their scores; the first of the queue first. */
  readonly scores: ReadonlyMap<string, number>;
  /** Null for a case of events, whose features are built anew. */
  readonly table: FeatureTable | null;
  readonly labels: ReadonlyMap<string, 0 | 1>;
};

/** Reads the latest ranking; null before the first. */
export const loadBefore = async (
  from: Case,
  hasEvents: boolean,
  labels: ReadonlyMap<string, 0 | 1>,
  watch: RunWatch,
): Promise<Before | null> => {
  const run = await loadLatestRun(from.connection, 'detect');
  if (run === undefined) return null;
  const manifest = readRunManifest(run.manifest);
  const { actors, scores, evidence } = run.queue;
  const ranked = new Map(
    actors.flatMap((actor, i) => (evidence[i] === 'ok' ? [[actor, scores[i] ?? 0] as const] : [])),
  );
  if (hasEvents) return { manifest, scores: ranked, table: null, labels };
  const table = await readRunFeatures(from.connection, manifest.features);
  if (table === undefined) return null;
  // The case keeps no levels of a table's categories: both sides are ranked without them.
  return { manifest, scores: scoresOf(await detectAgain(table, manifest, watch)), table, labels };
};

/** The table of actors, and one generalisation of it. */
export type Generalised = {
  readonly actors: readonly string[];
  readonly specs: readonly ActorColumn[];
  readonly columns: readonly QuasiColumn[];
  readonly levels: readonly number[];
  readonly k: number;
};

/**
 * Generalises the events (or the ready-made table), ranks everybody anew with the detectors, the seed and the evidence
 * needed of the latest ranking, and says how far the queue moved. Errors: those of features and detectors; `cancelled`.
 */
export const detectionCost = async (
  from: Case,
  { actors, specs, columns, levels, k }: Generalised,
  before: Before,
  watch: RunWatch,
): Promise<DetectionCost> => {
  const suppressed = Array.from(suppressedRows(columns, levels, k), (row) => actors[row] ?? '');
  const changes = changesOf(specs, columns, levels, suppressed);
  const after =
    before.table === null
      ? await detectChanged(from, changes, before.manifest, watch)
      : await detectAgain(changes.features(before.table), before.manifest, watch);
  return { ...compare(before, scoresOf(after)), unseen: changes.unseen };
};

const detectChanged = (from: Case, changes: Changes, manifest: Manifest, watch: RunWatch): Promise<Detection | null> =>
  withChangedEvents(from, changes.events, async (connection) => {
    const available = await availableColumns(connection);
    const built = await buildFeatures(connection, { available }, watch);
    const interactions = async () =>
      (await readInteractions(connection, built.table.actors, { available }, watch)).interactions;
    return detectAgain(changes.features(built.table), manifest, watch, interactions);
  });

/** Null where nothing is left to tell actors apart by. */
const detectAgain = async (
  table: FeatureTable,
  { seed, minEvents, detectors }: Manifest,
  watch: RunWatch,
  interactions?: Parameters<typeof detectActors>[1]['interactions'],
): Promise<Detection | null> =>
  table.names.length === 0
    ? null
    : detectActors(
        table,
        {
          seed,
          minEvents: Math.max(1, minEvents),
          ...(detectors.length === 0 ? {} : { detectors }),
          ...(watch.threads === undefined ? {} : { threads: watch.threads }),
          ...(interactions === undefined ? {} : { interactions }),
        },
        watch,
      );

const scoresOf = (detection: Detection | null): ReadonlyMap<string, number> =>
  new Map(
    (detection?.order ?? []).flatMap((row) =>
      detection?.evidence[row] === 'ok' ? [[detection.actors[row] ?? '', detection.score[row] ?? 0] as const] : [],
    ),
  );

/** A queue as deep as somebody reads on a day. */
const TOP = 50;

/** Labels of each class below which an area under the curve says nothing: with one of each it is 0 or 1. */
const LEAST_LABELS = 10;

const hasEnough = (labels: Uint8Array): boolean =>
  [0, 1].every((kind) => labels.filter((label) => label === kind).length >= LEAST_LABELS);

const compare = (before: Before, after: ReadonlyMap<string, number>): Omit<DetectionCost, 'unseen'> => {
  const both = [...before.scores.keys()].filter((actor) => after.has(actor));
  const old = both.map((actor) => before.scores.get(actor) ?? 0);
  const fresh = both.map((actor) => after.get(actor) ?? 0);
  const correlation = both.length < 2 ? Number.NaN : spearman(old, fresh);
  const of = Math.min(TOP, before.scores.size);
  const top = new Set([...after.keys()].slice(0, of));
  const shared = [...before.scores.keys()].slice(0, of).filter((actor) => top.has(actor)).length;
  const labelled = both.filter((actor) => before.labels.has(actor));
  const labels = Uint8Array.from(labelled, (actor) => before.labels.get(actor) ?? 0);
  const area = (scores: ReadonlyMap<string, number>): number =>
    evaluateRanking(
      Float64Array.from(labelled, (actor) => scores.get(actor) ?? 0),
      labels,
    ).rocAuc;
  return {
    rankCorrelation: Number.isNaN(correlation) ? null : correlation,
    topOverlap: { of, share: of === 0 ? 0 : shared / of },
    rocAuc: hasEnough(labels) ? { before: area(before.scores), after: area(after) } : null,
  };
};
