/** Time of one histogram through the release path: `[{ keys, values, size }]` in, `[{ ms, groups }]` out. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { systemRandom } from '../../../core/random/index.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { parseQuery, planRelease, runRelease, type ReleaseRows } from '../../../core/release/index.ts';
import { lossOfBudget } from '../../../core/release/release-file/index.ts';

const [job] = z
  .tuple([z.object({ keys: z.enum(['known', 'unknown']), values: z.string(), size: z.number() })])
  .parse([JSON.parse(process.argv[2] ?? '')]);
const bytes = readFileSync(job.values);
const codes = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const levels = Array.from({ length: job.size }, (_, key) => `k${key}`);
// Every row is somebody else's, so that the noise is that of a peer whose unit of privacy is the row.
const actor = Uint32Array.from({ length: codes.length }, (_, row) => row);
const rows: ReleaseRows = { actor, actors: actor.length, keys: [{ codes, levels }], value: undefined };
const query = parseQuery({
  count: 'events',
  by: [{ column: 'key', keys: job.keys === 'known' ? levels : 'unknown' }],
  bounds: { groupsPerActor: 1, rowsPerGroup: 1 },
});
const plan = planRelease(query, lossOfBudget('1', job.keys === 'known' ? '0' : '1e-6'));
const source = createNoiseSource(systemRandom);

const startedAt = performance.now();
const { groups } = await runRelease(plan, rows, source, () => Promise.resolve());
const ms = performance.now() - startedAt;
source.close();
console.log(JSON.stringify({ ms, groups }));
