/** Writes what the detectors of a case's last run saw: the features of the ranked actors, and their labels. */
import { writeColumns } from '../harness/table-file.ts';
import { LABELLED_RUN, quoted, readLabelledRun } from './labelled-run.ts';

const input = LABELLED_RUN.parse(JSON.parse(process.argv[2] ?? ''));
const names = input.features.map(quoted).join(', ');
const run = await readLabelledRun(input, `SELECT actor_id, ${names} FROM run_features ORDER BY position`);
writeColumns(input.values, input.features.map(run.column));
console.log(JSON.stringify({ rows: run.labels.length, labels: run.labels, kinds: run.kinds }));
