/**
 * Error of a noised sum whose upper bound was searched for with a tenth of the budget, against the best bound in hindsight and
 * the public range. Prints Markdown. Not a test: it fails at nothing.
 */
import { parseRational, rational, rationalOf } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { seededRandom, systemRandom } from '../../../core/random/index.ts';
import { beyondAllowed, planBounds, runBounds } from '../../../core/release/auto-bounds/index.ts';
import { expectedAbsoluteNoise } from '../../../core/release/utility/index.ts';

const RUNS = 300;
const RANGE = 10_000_000;
const random = seededRandom(11);
const source = createNoiseSource(systemRandom);

const SHAPES: readonly (readonly [string, () => number])[] = [
  ['log-normal', () => 100 * Math.exp(random.normal())],
  ['heavy tail', () => 10 / (1 - random.float()) ** 0.8],
  ['uniform to 500', () => random.float() * 500],
];

/** Expected absolute error of a sum clamped at `high` with this ε, one value per actor: what is cut off, and noise. */
const errorAt = (values: Float64Array, high: number, epsilon: number): number => {
  const cut = values.reduce((sum, value) => sum + Math.max(0, value - high), 0);
  return cut + expectedAbsoluteNoise({ kind: 'discrete-laplace', scale: rationalOf(high / epsilon) });
};

console.log(
  '| rows | ε | shape | best in hindsight | found | not found | public range |\n|---|---|---|---|---|---|---|',
);
for (const rows of [300, 3000, 100_000]) {
  for (const epsilon of ['0.1', '1']) {
    const total = Number(epsilon);
    for (const [name, shape] of SHAPES) {
      const values = Float64Array.from({ length: rows }, () => Math.min(RANGE, Math.floor(shape())));
      const best = [...new Set(values)].reduce(
        (least, high) => Math.min(least, errorAt(values, Math.max(1, high), total)),
        Infinity,
      );
      const plan = planBounds({
        of: 'value',
        lowest: 0,
        highest: RANGE,
        perActor: 1,
        epsilon: rational(parseRational(epsilon).numerator, parseRational(epsilon).denominator * 10n),
        beyond: beyondAllowed({ epsilon: 0.9 * total, groups: 1, perUnit: 1 }),
      });
      let [found, sum] = [0, 0];
      for (let run = 0; run < RUNS; run++) {
        const { found: bounds } = runBounds(plan, values, source);
        if (bounds === undefined) continue;
        found++;
        sum += errorAt(values, Math.max(1, bounds.high), 0.9 * total);
      }
      const cells = [best, found > 0 ? sum / found : Number.NaN].map((x) => x.toFixed(0));
      const missing = `${Math.round((100 * (RUNS - found)) / RUNS)} %`;
      console.log(
        `| ${rows} | ${epsilon} | ${name} | ${cells.join(' | ')} | ${missing} | ${errorAt(values, RANGE, total).toFixed(0)} |`,
      );
    }
  }
}
