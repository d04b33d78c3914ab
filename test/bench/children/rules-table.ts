/**
 * Writes what rules are learned from in a case: the features of its last run, of the ranked actors that carry a label, then
 * the median time of each actor, then its label.
 */
import { basename } from 'node:path';
import { z } from 'zod';
import { loadEngine } from '../harness/engine.ts';
import { writeColumns } from '../harness/table-file.ts';

const INPUT = z.object({
  case: z.string(),
  passphrase: z.string(),
  labels: z.string(),
  actor: z.string().optional(),
  label: z.string().optional(),
  features: z.array(z.string()),
  values: z.string(),
});
const input = INPUT.parse(JSON.parse(process.argv[2] ?? ''));
const { store, ingest, evaluate } = await loadEngine();

const opened = await store.openCase(input.case, { passphrase: input.passphrase });
try {
  const run = await store.loadLatestRun(opened.connection, 'detect');
  const queue = run?.queue;
  if (queue === undefined) throw new Error('The case has no run.');
  const ranked = new Set(queue.actors.filter((_, i) => queue.evidence[i] === 'ok'));
  const names = input.features.map(store.quoteName).join(', ');
  const columns = await store.readColumns(
    opened.connection,
    `SELECT actor_id, ${names}, median_time FROM run_features
       LEFT JOIN (SELECT actor_id, median(epoch_us(ts)) AS median_time FROM events GROUP BY actor_id) USING (actor_id)
       ORDER BY position`,
  );
  const actors = store.textColumn(columns, 'actor_id').map((actor) => actor ?? '');
  const pseudonym = ingest.pseudonymOf(opened.vault.pseudonymKey());
  const table = await ingest.readTable(input.labels, basename(input.labels));
  const labels = evaluate.readLabels(table, {
    ...(input.actor === undefined ? {} : { actorColumn: input.actor }),
    ...(input.label === undefined ? {} : { labelColumn: input.label }),
  });
  const byActor = new Map([...labels.byActor].map(([actor, label]) => [pseudonym(actor), label]));
  const joined = evaluate.joinLabels(actors, byActor);
  const kept = Array.from(joined.rows.keys()).filter((k) => ranked.has(actors[joined.rows[k] ?? -1] ?? ''));
  const values = [...input.features, 'median_time'].map((name) => {
    const column = store.numberColumn(columns, name);
    return Float64Array.from(kept, (k) => column[joined.rows[k] ?? -1] ?? Number.NaN);
  });
  writeColumns(input.values, [...values, Float64Array.from(kept, (k) => joined.labels[k] ?? 0)]);
  console.log(JSON.stringify({ rows: kept.length }));
} finally {
  await opened.close();
}
