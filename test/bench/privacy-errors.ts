/**
 * Error of counts of unknown keys against OpenDP and diffprivlib at equal true δ, and coverage of the intervals: a part of
 * `npm run bench:privacy`.
 */
import { z } from 'zod';
import { formatRational, parseRational, rational } from '../../core/math/rational.ts';
import { seededRandom, systemRandom, type Random } from '../../core/random/index.ts';
import { createNoiseSource } from '../../core/random/noise-source.ts';
import { thresholdDelta, thresholdFor } from '../../core/release/accounting/index.ts';
import { parseQuery, planRelease, runRelease, type Release, type ReleaseRows } from '../../core/release/index.ts';
import { lossOfBudget } from '../../core/release/release-file/index.ts';
import { runPython } from './harness/python.ts';
import { figureOf, type Figure } from './harness/result.ts';
import { mean } from './harness/statistics.ts';

export type ErrorBench = {
  readonly actors: number;
  /** Releases of each, ours and peers. */
  readonly runs: number;
  /** Which of `opendp` and `diffprivlib` are installed. */
  readonly installed: readonly string[];
};

/** What stands behind the figures: the threshold that the peers were given, and the δ that OpenDP says it has. */
export type ErrorNotes = {
  readonly contributions: number;
  readonly threshold: number;
  readonly trueDelta: number;
  readonly opendpClaims: number | null;
};

const KEYS = 1000;
const DELTA = parseRational('1e-6');
const LEVEL = 0.95;
const THEIRS = z.object({
  errors: z.array(z.number()),
  kept: z.array(z.number()),
  claimedDelta: z.number().nullable(),
});

/**
 * Means over the runs at ε = 1, δ = 1e-6 and 1 or 4 keys per actor: the mean absolute error over all keys, where one that is
 * not shown counts as 0; the keys shown; the share of intervals of shown keys that hold the count. Every peer has noise of
 * the same scale and the smallest threshold whose true δ, by the exact tail of that noise, is at most the same: OpenDP's own
 * map puts δ one step too far out in the tail (its issue 2922), diffprivlib has no choice of keys at all.
 */
export const measureErrors = async (
  bench: ErrorBench,
): Promise<{ readonly figures: readonly Figure[]; readonly notes: readonly ErrorNotes[] }> => {
  const figures: Figure[] = [];
  const notes: ErrorNotes[] = [];
  for (const contributions of [1, 4]) {
    const { rows, counts } = zipfRows(bench.actors, contributions, seededRandom(contributions));
    const ours = await ourRuns(rows, counts, contributions, bench.runs);
    const noise = { kind: 'discrete-laplace', scale: rational(contributions) } as const;
    const reach = { groupsPerActor: contributions, contribution: 1 };
    const threshold = thresholdFor(noise, DELTA, reach);
    const [errors, kept]: Record<string, number[]>[] = [{}, {}];
    let opendpClaims: number | null = null;
    for (const peer of bench.installed) {
      const input = { counts: Array.from(counts), groups: contributions, scale: contributions, threshold };
      const theirs = THEIRS.parse(await runPython('privacy_errors', { ...input, peer, runs: bench.runs }));
      if (errors !== undefined) errors[peer] = theirs.errors;
      if (kept !== undefined) kept[peer] = theirs.kept;
      opendpClaims ??= theirs.claimedDelta;
    }
    const what = `${KEYS} unknown keys, ${contributions} per actor`;
    figures.push(
      figureOf(`mean absolute error, ${what}`, 'actors', ours.errors, errors, mean),
      figureOf(`keys shown, ${what}`, 'keys', ours.kept, kept, mean),
      figureOf(`intervals at ${LEVEL} that hold, ${what}`, 'share', ours.held, {}, mean),
    );
    notes.push({ contributions, threshold, trueDelta: thresholdDelta(noise, threshold, reach), opendpClaims });
  }
  return { figures, notes };
};

const ourRuns = async (rows: ReleaseRows, counts: Uint32Array, groupsPerActor: number, runs: number) => {
  const query = parseQuery({
    count: 'actors',
    by: [{ column: 'key', keys: 'unknown' }],
    bounds: { groupsPerActor },
    level: LEVEL,
  });
  const plan = planRelease(query, lossOfBudget('1', formatRational(DELTA)));
  const source = createNoiseSource(systemRandom);
  const [errors, kept, held]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < runs; run++) {
    const release = await runRelease(plan, rows, source, () => Promise.resolve());
    errors.push(errorOf(release, counts));
    kept.push(release.groups);
    held.push(heldOf(release, counts));
  }
  source.close();
  return { errors, kept, held };
};

/** Of each shown key its place and true count, which only the benchmark knows. */
const truths = ({ dimensions: [keys] }: Release, counts: Uint32Array): readonly { key: number; count: number }[] =>
  Array.from(keys?.index ?? [], (place) => {
    const key = Number(keys?.labels[place]?.slice(1));
    return { key, count: counts[key] ?? Number.NaN };
  });

const errorOf = (release: Release, counts: Uint32Array): number => {
  let sum = counts.reduce((total, count) => total + count, 0);
  truths(release, counts).forEach(({ count }, at) => {
    sum += Math.abs((release.columns[0]?.value[at] ?? Number.NaN) - count) - count;
  });
  return sum / counts.length;
};

const heldOf = (release: Release, counts: Uint32Array): number => {
  const [column] = release.columns;
  const all = truths(release, counts);
  const held = all.filter(
    ({ count }, at) => (column?.low[at] ?? Number.NaN) <= count && count <= (column?.high[at] ?? Number.NaN),
  );
  return held.length / all.length;
};

/** Actors with so many different keys each, key r drawn with a chance that is as 1 / (r + 1), and the actors of each key. */
const zipfRows = (
  actors: number,
  each: number,
  random: Random,
): { readonly rows: ReleaseRows; readonly counts: Uint32Array } => {
  const sums = new Float64Array(KEYS);
  for (let key = 0; key < KEYS; key++) sums[key] = (sums[key - 1] ?? 0) + 1 / (key + 1);
  const total = sums[KEYS - 1] ?? 0;
  const counts = new Uint32Array(KEYS);
  const codes = new Int32Array(actors * each);
  for (let actor = 0; actor < actors; actor++) {
    const own = new Set<number>();
    while (own.size < each) {
      const at = random.float() * total;
      own.add(sums.findIndex((sum) => at < sum));
    }
    [...own].forEach((key, i) => {
      codes[actor * each + i] = key;
      counts[key] = (counts[key] ?? 0) + 1;
    });
  }
  const levels = Array.from(counts, (_, key) => `k${key}`);
  const actor = Uint32Array.from(codes, (_, row) => Math.floor(row / each));
  return { rows: { actor, actors, keys: [{ codes, levels }], value: undefined }, counts };
};
