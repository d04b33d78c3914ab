import { NightjarError } from '../../../core/api/errors.ts';
import { parseRational, toNumber } from '../../../core/math/rational.ts';
import { createNoiseSource, type NoiseSource } from '../../../core/random/noise-source.ts';
import type { SecureRandom } from '../../../core/random/index.ts';
import type { PrivacyLoss } from '../../../core/release/accounting/index.ts';
import type { ReleasePath } from '../../../core/release/audit/index.ts';
import {
  boundContributions,
  codeGroups,
  type BoundedRows,
  type CodedGroups,
} from '../../../core/release/bounding/index.ts';
import { parseQuery, planRelease, runRelease, type ReleaseRows } from '../../../core/release/index.ts';
import { actorsByGroup, sumByGroup } from '../../../core/release/mechanisms/sum-by-group.ts';
import { prepare } from '../../../core/release/plan.ts';
import { truncatedDiscreteLaplaceSampler } from '../../../core/release/samplers/index.ts';
import type { ReleaseQuery } from '../../../core/release/schema.ts';
import { floatingLaplace } from '../support/faulty-noise.ts';

/** Release paths with one fault each, for the audit to find. Test builds: the product has no way to be made like this. */

export const pure = (epsilon: string): PrivacyLoss => ({ kind: 'pure', epsilon: parseRational(epsilon) });
export const approximate = (epsilon: string, delta: string): PrivacyLoss => ({
  kind: 'approximate',
  epsilon: parseRational(epsilon),
  delta: parseRational(delta),
});

/** Groups and numbers as a release file shows them. */
type Shown = {
  readonly keys: readonly { readonly column: string; readonly of: readonly string[] }[];
  readonly columns: readonly { readonly name: string; readonly value: readonly number[] }[];
  readonly noised: readonly (readonly number[])[];
};

const textOf = ({ keys, columns, noised }: Shown): string =>
  JSON.stringify({
    format: 'nightjar-release',
    release: { keys, columns: columns.map((each) => ({ ...each, low: each.value, high: each.value })), noised },
  });

/** The path as it should be, at a cost that may be another one than what is claimed. */
export const honest = (cost: PrivacyLoss, random: SecureRandom): ReleasePath => {
  const source = createNoiseSource(random);
  return async (json, rows) => {
    const release = await runRelease(planRelease(parseQuery(json), cost), rows, source, async () => undefined);
    return textOf({
      keys: release.dimensions.map(({ column, labels, index }) => ({
        column,
        of: Array.from(index, (place) => labels[place] ?? ''),
      })),
      columns: release.columns.map(({ name, value }) => ({ name, value: [...value] })),
      noised: release.noised.map((integers) => [...integers]),
    });
  };
};

type Coded = { readonly query: ReleaseQuery; readonly coded: CodedGroups; readonly bounded: BoundedRows };

const codedAndBounded = (json: unknown, rows: ReleaseRows, source: NoiseSource, isBounded = true): Coded => {
  const query = parseQuery(json);
  const coded = codeGroups(query.by, rows.keys, rows.actor.length);
  const { group, groups } = coded;
  const { actor, actors, value } = rows;
  const bounds = isBounded ? query.bounds : { ...query.bounds, groupsPerActor: 1e6, rowsPerGroup: 1e6 };
  return { query, coded, bounded: boundContributions({ actor, actors, group, groups, value }, bounds, source) };
};

const keysOf = ({ query, coded }: Coded, groups: readonly number[]): Shown['keys'] =>
  query.by.map(({ column }, d) => ({
    column,
    of: groups.map((group) => coded.labels[d]?.[coded.keysOf(group)[d] ?? -1] ?? ''),
  }));

const everyGroup = ({ coded }: Coded): number[] => Array.from({ length: coded.groups }, (_, g) => g);

/** Contributions are taken as they are; the noise is that of the bounds. */
export const withoutBounding = (cost: PrivacyLoss, random: SecureRandom): ReleasePath => {
  const source = createNoiseSource(random);
  return async (json, rows) => {
    const found = codedAndBounded(json, rows, source, false);
    const { mechanism, task } = prepare(found.query, cost);
    const { columns, noised } = mechanism.run(task, found.bounded, source);
    return textOf({
      keys: keysOf(found, everyGroup(found)),
      columns: columns.map(({ name, value }) => ({ name, value: [...value] })),
      noised: noised.map((integers) => [...integers]),
    });
  };
};

/** Counts of unknown keys are shown from `lower` below the threshold on: 1 is the classic fault. */
export const lowThreshold = (cost: PrivacyLoss, lower: number, random: SecureRandom): ReleasePath => {
  const source = createNoiseSource(random);
  return async (json, rows) => {
    const found = codedAndBounded(json, rows, source);
    const noise = planRelease(found.query, cost).statistics[0]?.noise;
    if (noise?.kind !== 'truncated-laplace') throw new Error('not a count of unknown keys');
    const draw = truncatedDiscreteLaplaceSampler(noise.scale, noise.bound, source);
    const noised = Array.from(actorsByGroup(found.bounded), (count) => count + draw());
    const shown = everyGroup(found).filter((group) => (noised[group] ?? 0) > noise.bound - lower);
    const value = shown.map((group) => noised[group] ?? 0);
    return textOf({ keys: keysOf(found, shown), columns: [{ name: 'actors', value }], noised: [value] });
  };
};

/** Laplace noise of the right scale in floating point, added to the counts and released as it is. */
export const floatingPoint = (scale: number, random: SecureRandom): ReleasePath => {
  const source = createNoiseSource(random);
  const draw = floatingLaplace(scale, random);
  return async (json, rows) => {
    const found = codedAndBounded(json, rows, source);
    const value = Array.from(
      sumByGroup(found.bounded, () => 1, 1),
      (count) => count + draw(),
    );
    return textOf({ keys: keysOf(found, everyGroup(found)), columns: [{ name: 'events', value }], noised: [value] });
  };
};

/** Refuses by an error that names how many rows there were. */
export const tellingError = (): ReleasePath => async (_, rows) => {
  throw new NightjarError('input', `Only ${rows.actor.length} rows.`);
};

/** Values at their true size: sensitivity from the data's own range, noise from that. */
export const dataDependentScale = (cost: PrivacyLoss, random: SecureRandom): ReleasePath => {
  const source = createNoiseSource(random);
  const draw = floatingLaplace(1, random);
  return async (json, rows) => {
    const found = codedAndBounded(json, rows, source);
    const most = Math.max(1, ...(found.bounded.cells ?? []));
    const epsilon = cost.kind === 'zcdp' ? 1 : toNumber(cost.epsilon);
    const cells = found.bounded.cells ?? new Float64Array(0);
    const sums = sumByGroup(found.bounded, (i) => cells[i] ?? 0, 2 ** 20);
    const value = Array.from(sums, (sum) => Math.round(sum + (draw() * most) / epsilon));
    return textOf({ keys: keysOf(found, everyGroup(found)), columns: [{ name: 'sum', value }], noised: [value] });
  };
};
