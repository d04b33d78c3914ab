import { likenessLeaves } from '../../../core/api/feedback/likeness-leaves.ts';
import { priorOf, rankWithLabels } from '../../../core/feedback/index.ts';
import { seededRandom } from '../../../core/random/index.ts';

const ROWS = 100_000;
const COLUMNS = 20;
const VIEWS = 8;
const LABELS = 60;
const REPEATS = 15;

/** What `updateTimes` measures, in words. */
export const UPDATE = `from a label to the next suggestion, ${ROWS.toLocaleString('en')} rows, ${LABELS} labels, ${VIEWS} detectors`;

/** Milliseconds of repeated updates on rows of chance, after a few that warm up. */
export const updateTimes = async (): Promise<readonly number[]> => {
  const random = seededRandom(1);
  const column = (): Float64Array => Float64Array.from({ length: ROWS }, () => random.normal());
  const leaves = await likenessLeaves(
    {
      actors: Array.from({ length: ROWS }, (_, i) => String(i)),
      events: new Float64Array(ROWS).fill(1),
      names: Array.from({ length: COLUMNS }, (_, j) => `f${j}`),
      columns: Array.from({ length: COLUMNS }, column),
    },
    () => true,
    1,
  );
  const tailRank = (): Float64Array => Float64Array.from({ length: ROWS }, () => -Math.log10(1 - random.float()));
  const prior = priorOf(
    tailRank(),
    Array.from({ length: VIEWS }, (_, v) => ({ name: String(v), tailRank: tailRank() })),
  );
  const times = Array.from({ length: REPEATS + 3 }, () => {
    const labels = Array.from({ length: LABELS }, () => ({ row: random.int(ROWS), isAbuse: random.float() < 0.3 }));
    const startedAt = performance.now();
    rankWithLabels(prior, leaves, labels, random);
    return performance.now() - startedAt;
  });
  return times.slice(3);
};
