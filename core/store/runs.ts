import type { DuckDBConnection } from '@duckdb/node-api';

import type { FeatureTable } from '../table/index.ts';
import { appendColumns } from './append-columns.ts';
import { keepBuiltFeatures, keepFeatureTable } from './explore/run-features.ts';
import { loadGroups, saveGroups, type StoredGroup } from './twin-groups.ts';
import { newIdentifier } from './identifiers.ts';
import type { JsonObject } from './json.ts';
import { numberColumn, readColumns, textColumn } from './read-columns.ts';
import { inTransaction } from './transaction.ts';

/** The ranked queue, column by column: row i is the actor of rank i + 1. */
export type QueueColumns = {
  readonly actors: readonly string[];
  readonly scores: Float64Array;
  readonly percentiles: Float64Array;
  readonly pValues: Float64Array;
  /** `ok` or `insufficient`. */
  readonly evidence: readonly string[];
  readonly events: Float64Array;
  /** A JSON list per actor; null where none was made. */
  readonly reasons: readonly (string | null)[];
  /** Left out: NaN. */
  readonly qValues?: Float64Array;
  readonly odd?: Float64Array;
  readonly alike?: Float64Array;
  /** A JSON object per actor; null where none was made. */
  readonly stories?: readonly (string | null)[];
};

/** What a run leaves: a manifest of how it was made, every detector's scores, and the queue. */
export type Run = {
  readonly kind: string;
  readonly manifest: JsonObject;
  /** Actor of each row of `detectors[k].scores`. */
  readonly actors: readonly string[];
  readonly detectors: readonly { readonly name: string; readonly scores: Float64Array }[];
  readonly queue: QueueColumns;
  /** The table the run is about, or `built`: the one that feature building left in the database. Kept for the latest run. */
  readonly features?: FeatureTable | 'built';
  /** Groups of actors that are alike. */
  readonly groups?: readonly StoredGroup[];
};

export type StoredRun = Omit<Run, 'manifest' | 'features'> & {
  readonly runId: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  /** As saved. */
  readonly manifest: unknown;
};

/**
 * Stores a run in one transaction and returns its id. NaN is stored as NULL and read back as NaN. `journal` is called last
 * before the run counts.
 */
export const saveRun = async (
  connection: DuckDBConnection,
  run: Run,
  journal: (runId: string) => void = () => undefined,
): Promise<string> => {
  const runId = newIdentifier();
  await inTransaction(connection, 'runs', async () => {
    await connection.run(
      `INSERT INTO runs SELECT $1, coalesce(max(ordinal), 0) + 1, make_timestamp($2::BIGINT), $3, $4 FROM runs`,
      [runId, Date.now() * 1000, run.kind, JSON.stringify(run.manifest)],
    );
    await saveScores(connection, runId, run);
    const { queue } = run;
    await appendColumns(connection, 'queue', queue.actors.length, {
      run_id: runId,
      rank: Float64Array.from(queue.actors, (_, i) => i + 1),
      actor_id: queue.actors,
      score: queue.scores,
      percentile: queue.percentiles,
      p_value: queue.pValues,
      evidence: queue.evidence,
      events: queue.events,
      reasons: queue.reasons,
      q_value: queue.qValues ?? missing(queue),
      odd: queue.odd ?? missing(queue),
      alike: queue.alike ?? missing(queue),
      story: queue.stories ?? queue.actors.map(() => null),
    });
    await saveGroups(connection, runId, run.groups ?? []);
    if (run.features === 'built') await keepBuiltFeatures(connection);
    else if (run.features !== undefined) await keepFeatureTable(connection, run.features);
    journal(runId);
  });
  return runId;
};

/** The run stored last (of a kind, when one is given), or undefined when there is none. */
export const loadLatestRun = async (connection: DuckDBConnection, kind?: string): Promise<StoredRun | undefined> => {
  const runs = await readColumns(
    connection,
    `SELECT run_id, created_at, kind, manifest FROM runs WHERE $1::VARCHAR IS NULL OR kind = $1
     ORDER BY ordinal DESC LIMIT 1`,
    [kind ?? null],
  );
  const runId = textColumn(runs, 'run_id')[0];
  if (typeof runId !== 'string') return undefined;
  const manifest: unknown = JSON.parse(textColumn(runs, 'manifest')[0] ?? 'null');
  return {
    runId,
    createdAt: new Date((numberColumn(runs, 'created_at')[0] ?? 0) / 1000).toISOString(),
    kind: textColumn(runs, 'kind')[0] ?? '',
    manifest,
    ...(await loadScores(connection, runId)),
    queue: await loadQueue(connection, runId),
    groups: await loadGroups(connection, runId),
  };
};

const missing = ({ actors }: QueueColumns): Float64Array => new Float64Array(actors.length).fill(Number.NaN);

/** Actors go through the appender once, whatever the number of detectors; DuckDB makes the long table of them. */
const saveScores = async (connection: DuckDBConnection, runId: string, run: Run): Promise<void> => {
  const staged = run.detectors.map((_, i) => `score_${i}`);
  const columns = staged.map((name) => `, ${name} DOUBLE`).join('');
  await connection.run(`CREATE TEMP TABLE staged_scores (position INTEGER, actor_id VARCHAR${columns})`);
  await appendColumns(connection, 'staged_scores', run.actors.length, {
    position: Float64Array.from(run.actors, (_, i) => i),
    actor_id: run.actors,
    ...Object.fromEntries(run.detectors.map((detector, i) => [`score_${i}`, detector.scores])),
  });
  for (const [i, detector] of run.detectors.entries()) {
    await connection.run(
      `INSERT INTO scores SELECT $1, position, actor_id, $2, score_${i} FROM staged_scores ORDER BY position`,
      [runId, detector.name],
    );
  }
  await connection.run('DROP TABLE staged_scores');
};

const loadScores = async (
  connection: DuckDBConnection,
  runId: string,
): Promise<Pick<StoredRun, 'actors' | 'detectors'>> => {
  const named = await readColumns(
    connection,
    'SELECT detector, min(rowid) AS first FROM scores WHERE run_id = $1 GROUP BY detector ORDER BY first',
    [runId],
  );
  const detectors: { name: string; scores: Float64Array }[] = [];
  let actors: readonly string[] = [];
  for (const name of textColumn(named, 'detector')) {
    const actorColumn = detectors.length === 0 ? 'actor_id, ' : '';
    const read = await readColumns(
      connection,
      `SELECT ${actorColumn}score FROM scores WHERE run_id = $1 AND detector = $2 ORDER BY position`,
      [runId, name],
    );
    if (detectors.length === 0) actors = texts(textColumn(read, 'actor_id'));
    detectors.push({ name: name ?? '', scores: numberColumn(read, 'score') });
  }
  return { actors, detectors };
};

const loadQueue = async (connection: DuckDBConnection, runId: string): Promise<QueueColumns> => {
  const queue = await readColumns(
    connection,
    `SELECT actor_id, score, percentile, p_value, evidence, events, reasons, q_value, odd, alike, story FROM queue
     WHERE run_id = $1 ORDER BY rank`,
    [runId],
  );
  return {
    actors: texts(textColumn(queue, 'actor_id')),
    scores: numberColumn(queue, 'score'),
    percentiles: numberColumn(queue, 'percentile'),
    pValues: numberColumn(queue, 'p_value'),
    evidence: texts(textColumn(queue, 'evidence')),
    events: numberColumn(queue, 'events'),
    reasons: textColumn(queue, 'reasons'),
    qValues: numberColumn(queue, 'q_value'),
    odd: numberColumn(queue, 'odd'),
    alike: numberColumn(queue, 'alike'),
    stories: textColumn(queue, 'story'),
  };
};

const texts = (values: readonly (string | null)[]): string[] => values.map((value) => value ?? '');
