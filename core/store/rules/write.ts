import type { DuckDBConnection } from '@duckdb/node-api';

import { appendColumns } from '../append-columns.ts';
import { numberColumn, readColumns, textColumn } from '../read-columns.ts';
import { inTransaction } from '../transaction.ts';
import { logStep, moveLatest, readLog, type StepKind } from '../step-log.ts';
import { asRuleState, type RuleState, type StoredRule } from './read.ts';

/** What one step does to one version of a rule; null is not there. */
export type RuleStateChange = {
  readonly id: string;
  readonly version: number;
  readonly before: RuleState | null;
  readonly after: RuleState | null;
};

/**
 * Stores a step: new versions (without a state until `changes` gives them one) and changes of state, all or none. `journal`
 * is called last before it counts. What was undone cannot be redone any more.
 */
export const storeRuleStep = (
  connection: DuckDBConnection,
  event: 'save' | 'state' | 'remove',
  title: string,
  added: readonly Omit<StoredRule, 'state'>[],
  changes: readonly RuleStateChange[],
  journal: () => void,
): Promise<void> =>
  inTransaction(connection, 'rules', async () => {
    await appendColumns(connection, 'rules', added.length, {
      rule_id: added.map(({ id }) => id),
      version: added.map(({ version }) => version),
      text: added.map(({ text }) => text),
      title: added.map((rule) => rule.title),
      author: added.map(({ author }) => author),
      note: added.map(({ note }) => note),
      saved_at: added.map(({ savedAt }) => Math.round(savedAt * 1000)),
    });
    const entries = (await readLog(connection, 'rule_log')).length;
    const step = entries + 1;
    await appendColumns(connection, 'rule_changes', changes.length, {
      step,
      rule_id: changes.map(({ id }) => id),
      version: changes.map(({ version }) => version),
      state_before: changes.map(({ before }) => before),
      state_after: changes.map(({ after }) => after),
    });
    await logStep(connection, 'rule_log', entries, { event, step, title });
    await apply(connection, step, 'after');
    journal();
  });

/** Takes the latest step back, or makes it again. Returns its changes as they now took effect; null: there is none. */
export const moveRuleStep = (
  connection: DuckDBConnection,
  move: 'undo' | 'redo',
  journal: (changes: readonly RuleStateChange[]) => void,
): Promise<{ readonly title: string; readonly changes: readonly RuleStateChange[] } | null> =>
  inTransaction(connection, 'rules', () => moveLatest(connection, STEPS, move, journal));

const apply = async (connection: DuckDBConnection, step: number, side: 'before' | 'after'): Promise<void> => {
  await connection.run(
    `UPDATE rules SET state = changed.state_${side} FROM rule_changes AS changed
     WHERE changed.step = $1 AND changed.rule_id = rules.rule_id AND changed.version = rules.version`,
    [step],
  );
};

const readChanges = async (connection: DuckDBConnection, step: number): Promise<readonly RuleStateChange[]> => {
  const read = await readColumns(
    connection,
    'SELECT rule_id, version, state_before, state_after FROM rule_changes WHERE step = $1',
    [step],
  );
  const versions = numberColumn(read, 'version');
  const [before, after] = [textColumn(read, 'state_before'), textColumn(read, 'state_after')];
  return textColumn(read, 'rule_id').map((id, i) => ({
    id: id ?? '',
    version: versions[i] ?? 0,
    before: asRuleState(before[i]),
    after: asRuleState(after[i]),
  }));
};

const STEPS: StepKind<RuleStateChange> = {
  log: 'rule_log',
  apply,
  readChanges,
  reversed: ({ before, after, ...which }) => ({ ...which, before: after, after: before }),
};
