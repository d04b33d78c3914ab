import type { DuckDBConnection } from '@duckdb/node-api';

import { numberColumn, readColumns, textColumn } from '../read-columns.ts';

export type Verdict = 'abuse' | 'benign' | 'unsure';

/** What was decided about an actor, and when (milliseconds since 1970). */
export type Decision = {
  readonly verdict: Verdict;
  readonly kind: string | null;
  readonly note: string | null;
  readonly decidedAt: number;
};

/** Every actor decided about. */
export const readDecisions = async (connection: DuckDBConnection): Promise<ReadonlyMap<string, Decision>> => {
  const read = await readColumns(
    connection,
    'SELECT actor_id, verdict, kind, note, decided_at FROM decisions ORDER BY decided_at, actor_id',
  );
  const verdicts = textColumn(read, 'verdict');
  const kinds = textColumn(read, 'kind');
  const notes = textColumn(read, 'note');
  const times = numberColumn(read, 'decided_at');
  return new Map(
    textColumn(read, 'actor_id').flatMap((actor, i) => {
      const verdict = asVerdict(verdicts[i]);
      if (actor === null || verdict === null) return [];
      return [[actor, { verdict, kind: kinds[i] ?? null, note: notes[i] ?? null, decidedAt: (times[i] ?? 0) / 1000 }]];
    }),
  );
};

export const asVerdict = (text: string | null | undefined): Verdict | null =>
  text === 'abuse' || text === 'benign' || text === 'unsure' ? text : null;
