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

/** A step that can be undone or redone: its number and what it did in a few words. */
export type Step = { readonly step: number; readonly title: string };

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

/** Steps that can be undone and redone, the next one last. */
export const readSteps = async (
  connection: DuckDBConnection,
): Promise<{ readonly done: readonly Step[]; readonly undone: readonly Step[]; readonly entries: number }> => {
  const log = await readColumns(connection, 'SELECT event, step, title FROM decision_log ORDER BY entry');
  const done: Step[] = [];
  let undone: Step[] = [];
  const steps = numberColumn(log, 'step');
  const titles = textColumn(log, 'title');
  textColumn(log, 'event').forEach((event, i) => {
    const step = { step: steps[i] ?? 0, title: titles[i] ?? '' };
    if (event === 'undo') undone.push(...done.splice(-1));
    else if (event === 'redo') done.push(...undone.splice(-1));
    else {
      done.push(step);
      undone = [];
    }
  });
  return { done, undone, entries: log.rows };
};

export const asVerdict = (text: string | null | undefined): Verdict | null =>
  text === 'abuse' || text === 'benign' || text === 'unsure' ? text : null;
