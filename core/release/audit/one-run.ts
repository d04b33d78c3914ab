import { NightjarError } from '../../api/errors.ts';
import { breathe, makePace, type Watch } from '../../api/progress.ts';
import { median } from '../../math/index.ts';
import { toNumber } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import type { PrivacyLoss } from '../accounting/index.ts';
import type { JsonValue } from '../keys/index.ts';
import { planRelease } from '../plan.ts';
import { parseQuery } from '../query/index.ts';
import { madeUpRows, type Person } from './made-up-rows.ts';
import { crowdAlwaysShown, furthest } from './neighbours.ts';
import { labelsOf, releaseIn } from './observe.ts';
import { oneRunEpsilon } from './one-run-bound.ts';
import type { ReleasePath } from './release-path.ts';

/** What one number of guesses comes to; all points hold together at the stated level. */
export type GuessPoint = { readonly made: number; readonly right: number; readonly lowerBound: number };

export type OneRun = {
  /** Lower bound of ε at the claimed δ: above the true ε with probability `alpha` at most. */
  readonly lowerBound: number;
  readonly canaries: number;
  readonly curve: readonly GuessPoint[];
};

/** Shares of the canaries that are guessed, the surest first; each has its share of alpha (Bonferroni 1936). */
const SHARES = [1, 1 / 2, 1 / 4, 1 / 8];
/** Groups one release may have here. */
const MOST_GROUPS = 20_000;
const MOST_ROWS = 1_000_000;

/**
 * A lower bound of ε from one release (Steinke, Nasr & Jagielski 2023). Each of many canary actors is included by the toss
 * of a coin; each has groups of its own and does there exactly what the bounds allow; from the released text the auditor
 * guesses who is in. The query is the given one with its dimensions replaced by one of made-up keys: declared ones where all
 * were declared, else unknown ones with a crowd that makes them be shown. A release before it, of other canaries whose
 * tosses are known, teaches what a canary looks like; the bound rests on the second one only.
 * Undefined where the measure shows too few groups, or the claim is a ρ. A cancel is heard before and after each of the two
 * releases, and between bounding and noise of the product's own. Throws `cancelled`.
 */
export const auditInOneRun = async (
  json: JsonValue,
  claimed: PrivacyLoss,
  release: ReleasePath,
  {
    canaries: wanted,
    alpha,
    source,
  }: { readonly canaries: number; readonly alpha: number; readonly source: NoiseSource },
  watch: Watch = {},
): Promise<OneRun | undefined> => {
  const asked = planRelease(parseQuery(json), claimed);
  if (asked.query.measure.kind === 'top' || claimed.kind === 'zcdp') return undefined;
  const each = Math.min(asked.query.bounds.groupsPerActor, asked.groups ?? Number.POSITIVE_INFINITY);
  const crowd = crowdAlwaysShown(asked);
  const { rowsPerGroup } = asked.query.bounds;
  const room = Math.min(Math.floor(MOST_GROUPS / each), Math.floor(MOST_ROWS / (each * (rowsPerGroup + crowd))));
  const canaries = Math.min(wanted, room);
  if (canaries < 20) return undefined;
  const widened = withMadeUpKeys(json, asked.groups === undefined ? undefined : canaries * each, each);
  const { query } = planRelease(parseQuery(widened), claimed);
  const bystanders = Array.from({ length: canaries * each * crowd }, (_, i): Person => [
    { group: i % (canaries * each), rows: 1, value: 0 },
  ]);
  const oneRelease = async (): Promise<{
    readonly isIn: readonly boolean[];
    readonly seen: readonly Float64Array[];
  }> => {
    const isIn = Array.from({ length: canaries }, () => source.below(2) === 1);
    const people = isIn.flatMap((present, c): Person[] =>
      present
        ? [
            Array.from({ length: each }, (_, g) => ({
              group: c * each + g,
              rows: rowsPerGroup,
              value: furthest(query),
            })),
          ]
        : [],
    );
    const rows = madeUpRows(query, [...bystanders, ...people]);
    await breathe(watch);
    const text = await release(widened, rows);
    await breathe(watch);
    return { isIn, seen: integersByGroup(text, canaries * each) };
  };

  const lesson = await oneRelease();
  const middles = lesson.seen.map((integers) => middlesOf(integers, lesson.isIn, each));
  const { isIn, seen } = await oneRelease();
  const scores = isIn.map((_, c) => {
    let score = 0;
    seen.forEach((integers, j) => {
      const { a, b, width } = middles[j] ?? { a: 0, b: 0, width: 1 };
      for (let g = c * each; g < (c + 1) * each; g++) {
        const y = integers[g] ?? Number.NaN;
        if (!Number.isNaN(y)) score += (Math.abs(y - a) - Math.abs(y - b)) / width;
      }
    });
    return score;
  });
  const surest = scores.map((_, c) => c).sort((x, y) => Math.abs(scores[y] ?? 0) - Math.abs(scores[x] ?? 0));
  const delta = claimed.kind === 'approximate' ? toNumber(claimed.delta) : 0;
  const pace = makePace(watch);
  const curve: GuessPoint[] = [];
  for (const share of SHARES) {
    await pace();
    const made = Math.floor(canaries * share);
    const right = surest.slice(0, made).filter((c) => (scores[c] ?? 0) > 0 === isIn[c]).length;
    const lowerBound = oneRunEpsilon({ canaries, made, right }, delta, alpha / SHARES.length);
    curve.push({ made, right, lowerBound });
  }
  return { lowerBound: Math.max(...curve.map(({ lowerBound }) => lowerBound)), canaries, curve };
};

const keyText = (group: number): string => `key-${String(group).padStart(6, '0')}`;

/** The query grouped by made-up keys alone: as many declared ones, or unknown ones. */
const withMadeUpKeys = (json: JsonValue, declared: number | undefined, groupsPerActor: number): JsonValue => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw notAQuery();
  const members = Object.fromEntries(Object.entries(json));
  const bounds = Object.fromEntries(Object.entries(members['bounds'] ?? {}));
  const keys = declared === undefined ? 'unknown' : Array.from({ length: declared }, (_, group) => keyText(group));
  return {
    ...members,
    by: [{ column: 'canary', keys }],
    bounds: { ...bounds, groupsPerActor },
  };
};

const notAQuery = (): NightjarError => new NightjarError('usage', 'The query is no JSON object.', { where: 'query' });

/** The noised integers of each statistic in order of the made-up keys; NaN where a group is not shown. */
const integersByGroup = (text: string, groups: number): readonly Float64Array[] => {
  const release = releaseIn(text);
  if (release === undefined) return [];
  const places = labelsOf(release).map((label) => Number(label.slice(4)));
  return release.noised.map((integers) => {
    const ordered = new Float64Array(groups).fill(Number.NaN);
    places.forEach((place, i) => (ordered[place] = integers[i] ?? Number.NaN));
    return ordered;
  });
};

/** Middle of the groups whose canary is out, of those whose canary is in, and the mean distance from the former. */
const middlesOf = (integers: Float64Array, isIn: readonly boolean[], each: number) => {
  const of = (present: boolean): Float64Array =>
    integers.filter((y, g) => !Number.isNaN(y) && isIn[Math.floor(g / each)] === present);
  const [out, within] = [of(false), of(true)];
  const [a, b] = [median(out), median(within)];
  const width = out.reduce((sum, y) => sum + Math.abs(y - a), 0) / Math.max(1, out.length);
  return { a, b, width: Math.max(width, 1e-9) };
};
