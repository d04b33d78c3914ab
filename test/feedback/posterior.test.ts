import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deviationOf, posteriorOf } from '../../core/feedback/posterior.ts';

const numbers = z.array(z.number());
const golden = z
  .array(
    z.object({
      covariance: numbers,
      mean: numbers,
      isAbuse: z.array(z.boolean()),
      logOdds: numbers,
      own: z.number(),
      between: z.array(numbers),
      deviation: numbers,
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../golden/feedback-posterior.json'), 'utf8')));

const logOddsOf = (covariance: readonly number[], mean: readonly number[], pull: Float64Array): number[] =>
  mean.map(
    (before, i) => before + pull.reduce((sum, each, j) => sum + each * (covariance[i * mean.length + j] ?? 0), 0),
  );

describe.each(golden)('$mean.length labels', ({ covariance, mean, isAbuse, logOdds, own, between, deviation }) => {
  const posterior = posteriorOf(Float64Array.from(covariance), Float64Array.from(mean), isAbuse);

  test('the most probable log-odds are those of scipy', () => {
    logOddsOf(covariance, mean, posterior.pull).forEach((value, i) => expect(value).toBeCloseTo(logOdds[i] ?? 0, 6));
  });

  test('deviations elsewhere are those of the inverse', () => {
    between.forEach((each, i) =>
      expect(deviationOf(posterior, own, Float64Array.from(each))).toBeCloseTo(deviation[i] ?? 0, 6),
    );
  });
});

test('labels that contradict a sure mean are still solved', () => {
  const { pull } = posteriorOf(Float64Array.of(50, 49.9, 49.9, 50), Float64Array.of(60, -60), [false, true]);
  // At the mode each pull is what is left to explain: the label minus its probability.
  logOddsOf([50, 49.9, 49.9, 50], [60, -60], pull).forEach((value, i) =>
    expect(pull[i]).toBeCloseTo(i - 1 / (1 + Math.exp(-value)), 6),
  );
});
