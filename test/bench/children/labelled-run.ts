import { basename } from 'node:path';
import { z } from 'zod';
import { loadEngine } from '../harness/engine.ts';

/** What a child is told that reads what a case's last run saw. */
export const LABELLED_RUN = z.object({
  case: z.string(),
  passphrase: z.string(),
  labels: z.string(),
  actor: z.string().optional(),
  label: z.string().optional(),
  features: z.array(z.string()),
  values: z.string(),
});

/** The actors that were ranked and carry a label: their labels, their kinds, and columns of numbers, all in one order. */
export type LabelledRun = {
  readonly labels: readonly number[];
  readonly kinds: readonly string[];
  readonly column: (name: string) => Float64Array;
};

/** Reads the labelled actors of the last run. `sql`: a row for every actor by `position`, with `actor_id` and the columns. */
export const readLabelledRun = async (input: z.infer<typeof LABELLED_RUN>, sql: string): Promise<LabelledRun> => {
  const { store, ingest, evaluate } = await loadEngine();
  const opened = await store.openCase(input.case, { passphrase: input.passphrase });
  try {
    const queue = (await store.loadLatestRun(opened.connection, 'detect'))?.queue;
    if (queue === undefined) throw new Error('The case has no run.');
    const ranked = new Set(queue.actors.filter((_, i) => queue.evidence[i] === 'ok'));
    const columns = await store.readColumns(opened.connection, sql);
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
    return {
      labels: kept.map((k) => joined.labels[k] ?? 0),
      kinds: kept.map((k) => joined.kinds[k] ?? ''),
      column: (name) => {
        const values = store.numberColumn(columns, name);
        return Float64Array.from(kept, (k) => values[joined.rows[k] ?? -1] ?? Number.NaN);
      },
    };
  } finally {
    await opened.close();
  }
};

/** A column's name as SQL says it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
