/** The most common reason of quarantine in a case. */
import { z } from 'zod';
import { loadEngine } from '../harness/engine.ts';

const input = z.object({ case: z.string(), passphrase: z.string() }).parse(JSON.parse(process.argv[2] ?? ''));
const { store } = await loadEngine();
const opened = await store.openCase(input.case, { passphrase: input.passphrase });
try {
  const sql = `SELECT concat_ws(': ', column_name, reason) AS reason FROM quarantine
    GROUP BY ALL ORDER BY count(*) DESC, reason LIMIT 1`;
  const read = await store.readColumns(opened.connection, sql);
  console.log(JSON.stringify({ reason: store.textColumn(read, 'reason')[0] ?? '' }));
} finally {
  await opened.close();
}
