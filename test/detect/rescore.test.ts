import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectActors, standing } from '../../core/detect/index.ts';
import { tailCurve } from '../../core/detect/tail-curve.ts';
import { seededRandom } from '../../core/random/index.ts';
import { tableOf } from './tables.ts';

describe('tailCurve', () => {
  it('gives every peer its tail rank', () => {
    const scores = Float64Array.of(3, 1, 2, 2, 9);
    const { tailRank } = standing(scores, scores.length);
    const curve = tailCurve(scores);
    scores.forEach((score, i) => expect(curve(score)).toBeCloseTo(tailRank[i] ?? Number.NaN, 12));
  });

  it('is a straight line between peers, and goes on beyond them', () => {
    const curve = tailCurve([0, 10]);
    // tail ranks −log10(1 − 1/4) and −log10(1 − 3/4)
    expect(curve(0)).toBeCloseTo(0.12494, 5);
    expect(curve(10)).toBeCloseTo(0.60206, 5);
    expect(curve(5)).toBeCloseTo((0.12494 + 0.60206) / 2, 5);
    expect(curve(20)).toBeCloseTo(1.10206, 5);
    expect(curve(Infinity)).toBeCloseTo(1.60206, 5);
    expect(curve(-5)).toBeCloseTo(0.12494 / 2, 5);
    expect(curve(-100)).toBe(0);
  });

  it('never falls where the score rises, with ties and one value only', () => {
    const scores = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 });
    const at = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(scores, at, at, (peers, a, b) => {
        const curve = tailCurve(peers);
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(curve(high)).toBeGreaterThanOrEqual(curve(low));
        expect(curve(low)).toBeGreaterThanOrEqual(0);
      }),
      // once seen to fall by the last bit just below a peer
      { numRuns: 3000 },
    );
  });
});

describe('makeRescore', () => {
  const random = seededRandom(5);
  const column = (): number[] => Array.from({ length: 200 }, () => random.normal());
  const table = tableOf(
    {
      a: column().with(3, 20),
      b: column().with(7, Number.NaN),
      same: Array.from({ length: 200 }, () => 1),
      c: column(),
    },
    Array.from({ length: 200 }, (_, i) => (i % 20 === 1 ? 1 : 9)),
  );

  it('gives an unchanged peer its score in the queue, and an ordinary row a low one', async () => {
    const detection = await detectActors(table, { seed: 1, minEvents: 5, detectors: ['isolationForest'] });
    expect(detection.features).toEqual(['a', 'b', 'c']);
    const { rescore } = detection;
    const peers = [...table.actors.keys()].filter((row) => detection.evidence[row] === 'ok');
    const columns = [0, 1, 3].map((j) => table.columns[j]);
    const scores = await rescore(peers.map((row) => Float64Array.from(columns, (values) => values?.[row] ?? 0)));
    scores.forEach((score, k) => expect(score).toBeCloseTo(detection.score[peers[k] ?? 0] ?? Number.NaN, 9));
    const [middle, odd] = await rescore([Float64Array.of(0, 0, 0), Float64Array.of(20, 0, 0)]);
    expect(middle).toBeLessThan(0.3);
    expect(odd).toBeGreaterThan(1.5);
  });
});
