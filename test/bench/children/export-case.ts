/** Writes what the detectors of a case's last run saw: the features of the ranked actors, and their labels. */
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
    `SELECT actor_id, ${names} FROM run_features ORDER BY position`,
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
  const rows = kept.map((k) => joined.rows[k] ?? -1);
  const values = input.features.map((name) => {
    const column = store.numberColumn(columns, name);
    return Float64Array.from(rows, (row) => column[row] ?? Number.NaN);
  });
  writeColumns(input.values, values);
  const document = {
    rows: rows.length,
    labels: kept.map((k) => joined.labels[k] ?? 0),
    kinds: kept.map((k) => joined.kinds[k] ?? ''),
  };
  console.log(JSON.stringify(document));
} finally {
  await opened.close();
}
