import type { DuckDBConnection } from '@duckdb/node-api';
import type { Watch } from '../api/progress.ts';
import type { Plan } from './plan.ts';
import { runStatement } from './run-statement.ts';

/** Runs a plan and writes its result into `target`; the temporary tables are gone afterwards, also on failure. */
export const runPlan = async (
  connection: DuckDBConnection,
  plan: Plan,
  target: string,
  watch: Watch,
): Promise<void> => {
  const total = plan.passes.length + 1;
  const report = (done: number): void => watch.onProgress?.({ stage: 'features', done, total, unit: 'passes' });
  try {
    for (const [i, pass] of plan.passes.entries()) {
      report(i);
      for (const statement of pass.statements) {
        const text =
          'drops' in statement
            ? dropTable(statement.drops)
            : `CREATE OR REPLACE TEMP TABLE ${statement.fills} AS ${statement.sql}`;
        await runStatement(connection, text, watch.signal);
      }
    }
    report(total - 1);
    await runStatement(connection, `CREATE OR REPLACE TABLE ${target} AS ${plan.result}`, watch.signal);
    report(total);
  } finally {
    for (const table of plan.tables) await connection.run(dropTable(table));
  }
};

const dropTable = (table: string): string => `DROP TABLE IF EXISTS temp.${table}`;
