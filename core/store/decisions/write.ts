import type { DuckDBConnection } from '@duckdb/node-api';

import { appendColumns } from '../append-columns.ts';
import { numberColumn, readColumns, textColumn } from '../read-columns.ts';
import { inTransaction } from '../transaction.ts';
import { logStep, moveLatest, readLog, type StepKind } from '../step-log.ts';
import { asVerdict, type Decision } from './read.ts';

/** What one step does to one actor; null is undecided. */
export type DecisionChange = {
  readonly actor: string;
  readonly before: Decision | null;
  readonly after: Decision | null;
};

/** Stores a step: all of its changes, or none. `journal` is called last before it counts. What was undone cannot be redone any more. */
export const storeStep = (
  connection: DuckDBConnection,
  event: 'set' | 'import',
  title: string,
  changes: readonly DecisionChange[],
  journal: () => void,
): Promise<void> =>
  inTransaction(connection, 'decisions', async () => {
    const entries = (await readLog(connection, 'decision_log')).length;
    const step = entries + 1;
    const column = <T>(of: (change: DecisionChange) => T): T[] => changes.map(of);
    await appendColumns(connection, 'decision_changes', changes.length, {
      step,
      actor_id: column((change) => change.actor),
      ...columnsOf(
        'before',
        column((change) => change.before),
      ),
      ...columnsOf(
        'after',
        column((change) => change.after),
      ),
    });
    await logStep(connection, 'decision_log', entries, { event, step, title });
    await apply(connection, step, 'after');
    journal();
  });

/** Takes the latest step back, or makes it again. Returns its changes as they now took effect; null: there is none. */
export const moveStep = (
  connection: DuckDBConnection,
  move: 'undo' | 'redo',
  journal: (changes: readonly DecisionChange[]) => void,
): Promise<{ readonly title: string; readonly changes: readonly DecisionChange[] } | null> =>
  inTransaction(connection, 'decisions', () => moveLatest(connection, STEPS, move, journal));

const columnsOf = (side: 'before' | 'after', decisions: readonly (Decision | null)[]) => ({
  [`verdict_${side}`]: decisions.map((decision) => decision?.verdict ?? null),
  [`kind_${side}`]: decisions.map((decision) => decision?.kind ?? null),
  [`note_${side}`]: decisions.map((decision) => decision?.note ?? null),
  [`decided_${side}`]: decisions.map((decision) => (decision === null ? null : Math.round(decision.decidedAt * 1000))),
});

const apply = async (connection: DuckDBConnection, step: number, side: 'before' | 'after'): Promise<void> => {
  await connection.run(
    'DELETE FROM decisions WHERE actor_id IN (SELECT actor_id FROM decision_changes WHERE step = $1)',
    [step],
  );
  await connection.run(
    `INSERT INTO decisions SELECT actor_id, verdict_${side}, kind_${side}, note_${side}, decided_${side}
     FROM decision_changes WHERE step = $1 AND verdict_${side} IS NOT NULL`,
    [step],
  );
};

const readChanges = async (connection: DuckDBConnection, step: number): Promise<readonly DecisionChange[]> => {
  const read = await readColumns(connection, 'SELECT * FROM decision_changes WHERE step = $1', [step]);
  const side = (name: 'before' | 'after', i: number): Decision | null => {
    const verdict = asVerdict(textColumn(read, `verdict_${name}`)[i]);
    if (verdict === null) return null;
    return {
      verdict,
      kind: textColumn(read, `kind_${name}`)[i] ?? null,
      note: textColumn(read, `note_${name}`)[i] ?? null,
      decidedAt: (numberColumn(read, `decided_${name}`)[i] ?? 0) / 1000,
    };
  };
  return textColumn(read, 'actor_id').map((actor, i) => ({
    actor: actor ?? '',
    before: side('before', i),
    after: side('after', i),
  }));
};

const STEPS: StepKind<DecisionChange> = {
  log: 'decision_log',
  apply,
  readChanges,
  reversed: ({ actor, before, after }) => ({ actor, before: after, after: before }),
};
