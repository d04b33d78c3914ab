import { standing } from '../../detect/index.ts';
import { loadActivity, loadLatestRun, readSeen, type Activity, type Readers } from '../../store/index.ts';
import { readRunManifest, type Manifest } from './manifest.ts';
import { sparksOf } from './spark.ts';
import { parseReasons, parseStory, type StoredReason, type StoredStory } from './stored-findings.ts';
import { modelGroups, type ModelGroup } from './twin-groups.ts';

/** The latest run in memory: every column has one entry per actor, in the order of rank. */
export type Model = {
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly manifest: Manifest;
  readonly actors: readonly string[];
  readonly rowOf: ReadonlyMap<string, number>;
  readonly score: Float64Array;
  readonly percentile: Float64Array;
  /** Calibrated as the run's manifest says; NaN without evidence. */
  readonly pValue: Float64Array;
  readonly qValue: Float64Array;
  /** The two kinds of evidence of which the score is the stronger; NaN in runs from before, `alike` also where nothing says so. */
  readonly odd: Float64Array;
  readonly alike: Float64Array;
  /** Actors with enough evidence: the first so many. */
  readonly ranked: number;
  readonly events: Float64Array;
  /** Milliseconds since 1970; NaN without times. */
  readonly firstSeen: Float64Array;
  readonly lastSeen: Float64Array;
  readonly detectors: readonly {
    readonly name: string;
    readonly score: Float64Array;
    readonly percentile: Float64Array;
    readonly tailRank: Float64Array;
  }[];
  readonly activity: Activity | null;
  /** 24 counts per actor over the whole span. */
  readonly spark: Uint16Array;
  /** Strongest first; null where the run worked out none. */
  readonly reasons: (row: number) => readonly StoredReason[] | null;
  /** Null where the run made none. */
  readonly story: (row: number) => StoredStory | null;
  /** Groups of twins, the least likely first. */
  readonly groups: readonly ModelGroup[];
};

/** Loads the latest run of a case; null before the first. */
export const loadModel = (readers: Readers): Promise<Model | null> =>
  readers.read(async (connection) => {
    const run = await loadLatestRun(connection, 'detect');
    if (run === undefined) return null;
    const { queue } = run;
    const actors = queue.actors;
    const ranked = queue.evidence.filter((evidence) => evidence === 'ok').length;
    const activity = await loadActivity(connection, run.runId, actors.length);
    const seen = await readSeen(connection, run.runId, actors.length);
    const rowOf = new Map(actors.map((actor, row) => [actor, row]));
    const rows = Uint32Array.from(run.actors, (actor) => rowOf.get(actor) ?? 0);
    const inOrder = (scores: Float64Array): Float64Array => {
      const ordered = new Float64Array(scores.length);
      rows.forEach((row, i) => {
        ordered[row] = scores[i] ?? 0;
      });
      return ordered;
    };
    const unknown = (): Float64Array => new Float64Array(actors.length).fill(Number.NaN);
    const peers = ranked > 0 ? ranked : actors.length;
    return {
      runId: run.runId,
      createdAt: Date.parse(run.createdAt),
      manifest: readRunManifest(run.manifest),
      actors,
      rowOf,
      score: queue.scores,
      percentile: queue.percentiles,
      pValue: queue.pValues,
      qValue: queue.qValues ?? unknown(),
      odd: queue.odd ?? unknown(),
      alike: queue.alike ?? unknown(),
      ranked,
      events: queue.events,
      firstSeen: seen.first,
      lastSeen: seen.last,
      detectors: run.detectors
        .filter(({ name }) => name !== 'ensemble')
        .map(({ name, scores }) => {
          const score = inOrder(scores);
          const { percentile, tailRank } = standing(score, peers);
          return { name, score, percentile, tailRank };
        }),
      activity,
      spark: sparksOf(activity, actors.length),
      reasons: remembering((row) => parseReasons(queue.reasons[row] ?? null)),
      story: remembering((row) => parseStory(queue.stories?.[row] ?? null)),
      groups: modelGroups(run.groups ?? [], rowOf),
    };
  });

const remembering = <T>(read: (row: number) => T): ((row: number) => T) => {
  const known = new Map<number, T>();
  return (row) => {
    const found = known.get(row) ?? read(row);
    known.set(row, found);
    return found;
  };
};
