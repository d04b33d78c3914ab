/**
 * Writes what rules are learned from in a case: the features of its last run, of the ranked actors that carry a label, then
 * the median time of each actor, then its label.
 */
import { writeColumns } from '../harness/table-file.ts';
import { LABELLED_RUN, quoted, readLabelledRun } from './labelled-run.ts';

const input = LABELLED_RUN.parse(JSON.parse(process.argv[2] ?? ''));
const names = input.features.map(quoted).join(', ');
const run = await readLabelledRun(
  input,
  `SELECT actor_id, ${names}, median_time FROM run_features
     LEFT JOIN (SELECT actor_id, median(epoch_us(ts)) AS median_time FROM events GROUP BY actor_id) USING (actor_id)
     ORDER BY position`,
);
writeColumns(input.values, [...[...input.features, 'median_time'].map(run.column), Float64Array.from(run.labels)]);
console.log(JSON.stringify({ rows: run.labels.length }));
