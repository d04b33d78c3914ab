import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RiskPoint } from '../../core/api/contract.ts';
import { amount, isDecimal, shareOf } from '../../renderer/routes/privacy/amounts.ts';
import { boundsWords, dimensionWords, measureWords } from '../../renderer/routes/privacy/query-words.ts';
import { mostFound, riskWords } from '../../renderer/routes/privacy/risk-of-epsilon.ts';
import { policyWords, riskPicture } from '../../renderer/routes/privacy/risk-points.ts';

describe('what a cost means for one actor', () => {
  it('by hand: e^0.5 · 5 % = 8.24 %, rounded up', () => {
    expect(mostFound(0.5, 0, 0.05)).toBeCloseTo(0.0824, 4);
    expect(riskWords(0.5, 0)).toContain('at most 8.3 %');
    expect(riskWords(0, 0)).toContain('at most 5 %');
    // Far beyond: 1 − e^(−10) (1 − 0.05), not e^10 · 5 %.
    expect(mostFound(10, 0, 0.05)).toBeCloseTo(1 - Math.exp(-10) * 0.95, 12);
  });

  it('is kept by randomised response, which reaches it, and no answer at all is no risk', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 8, noNaN: true }), (epsilon) => {
        // Tells the truth with probability e^ε / (1 + e^ε): wrong about 1 / (1 + e^ε), right about the rest.
        const wrong = 1 / (1 + Math.exp(epsilon));
        expect(mostFound(epsilon, 0, wrong)).toBeCloseTo(1 - wrong, 9);
        expect(mostFound(0, 0, 0.05)).toBe(0.05);
        expect(mostFound(epsilon, 1e-6, 0.05)).toBeGreaterThanOrEqual(mostFound(epsilon, 0, 0.05));
        expect(mostFound(epsilon, 1e-6, 0.05)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('amounts', () => {
  it.each([
    ['0.5', '0.5'],
    ['0', '0'],
    ['0.000001', '1e-6'],
    ['1/3', '0.3333'],
    ['0.123456789', '0.1235'],
    ['1e-6', '1e-6'],
    ['12', '12'],
  ])('%s is written %s', (exact, words) => {
    expect(amount(exact)).toBe(words);
  });

  it('are decimals as the engine takes them', () => {
    expect(['0.5', '1e-6', '3'].every(isDecimal)).toBe(true);
    expect(['', '-1', '.5', '1/3', '0x1', 'ten', ' 1'].some(isDecimal)).toBe(false);
  });

  it('are shares of the limit by ε, and by ρ where there is no ε', () => {
    expect(shareOf({ epsilon: '1.5', delta: '0', rho: 1 }, { epsilon: '3' }, 9)).toBe(0.5);
    expect(shareOf({ epsilon: null, delta: '0', rho: 1 }, { epsilon: '3' }, 4)).toBe(0.25);
    expect(shareOf({ epsilon: '9', delta: '0', rho: 1 }, { epsilon: '3' }, 4)).toBe(1);
  });
});

describe('a query in words', () => {
  it.each([
    [{ count: 'actors', by: [{ column: 'country', keys: [] }] }, 'Count of actors by country'],
    [{ mean: 'amount' }, 'Mean of amount'],
    [{ top: 10, of: 'actors', by: [{ column: 'object_id', keys: 'unknown' }] }, 'Top 10 by actors by object_id'],
    [{ findBounds: 'amount' }, 'Search for bounds of amount'],
    [{ findContributions: 'rows' }, 'Search for bounds of rows per actor'],
    [{ forest: { features: [] } }, 'Private forest to share'],
    [{}, 'Query'],
  ])('%j', (query, words) => {
    expect(measureWords(query)).toBe(words);
  });

  it('says bounds and groups as they were written', () => {
    expect(boundsWords({ bounds: { groupsPerActor: 2, value: ['0', '9'], step: '1' } })).toBe(
      '2 groups per actor, values from 0 to 9, on a grid of 1',
    );
    expect(boundsWords({ bounds: { groupsPerActor: 1, rowsPerGroup: 1 } })).toBe('1 group per actor, 1 row per group');
    expect(boundsWords({})).toBe('one row of each actor');
    expect(
      dimensionWords({
        by: [
          { column: 'country', keys: ['DE', 'FR'] },
          { column: 'x', keys: 'unknown' },
          { column: 'ts', every: 'day', from: 'a', to: 'b' },
        ],
      }),
    ).toEqual(
      ['country: 2 declared keys (DE, FR)', 'x: keys chosen by the mechanism', 'ts: every "day" from "a" to "b"'].map(
        (each) => each.replaceAll('"', ''),
      ),
    );
  });
});

describe('the picture of risk against detection', () => {
  const point = (
    column: string | null,
    atRisk: number,
    kept: number | null,
    roc: readonly [number, number] | null,
  ): RiskPoint => ({
    policy: {
      levels: [],
      changes: column === null ? [] : [{ column, level: 1, to: 'left out' }],
      suppressed: 0,
      suppressedShare: atRisk,
      classes: 1,
      smallest: 1,
      allClasses: 1,
      averageRisk: 0,
      averageRiskOfAll: 0,
      highestRisk: 0,
      loss: { granularity: 0, discernibility: 0 },
    },
    atRisk,
    detection:
      kept === null
        ? null
        : {
            rankCorrelation: null,
            topOverlap: { of: 50, share: kept },
            rocAuc: roc === null ? null : { before: roc[0], after: roc[1] },
            unseen: [],
          },
    isBest: false,
  });

  it('has the case as it is where it was before any change, wherever it stands in the list', () => {
    const tradeOff = [
      point('country', 0, 0.9, null),
      point('hour', 0.1, 0.8, null),
      point('ip', 0.2, null, null),
      point(null, 0.6, null, null),
    ];
    const { label, dots } = riskPicture({ tradeOff });
    expect(label).toBe('share of the strongest actors kept');
    expect(dots.map(({ name, kept, place }) => [name, kept, place])).toEqual([
      ['country: left out', 0.9, 0],
      ['hour: left out', 0.8, 1],
      ['no column coarser', 1, 3],
    ]);
    expect(dots.map(({ mark }) => mark)).toEqual(['1', '2', '3']);
    // The second has more risk than the first and finds less.
    expect(dots.map(({ isBest }) => isBest)).toEqual([true, false, true]);
  });

  it('is of ROC AUC where labels gave one', () => {
    const tradeOff = [
      point('country', 0, 0.9, [0.95, 0.91]),
      point('hour', 0.1, 0.8, null),
      point(null, 0.6, null, null),
    ];
    const { label, dots } = riskPicture({ tradeOff });
    expect(label).toBe('ROC AUC');
    expect(dots.map(({ kept }) => kept)).toEqual([0.91, 0.95]);
  });

  it('is empty before anything was measured', () => {
    expect(riskPicture({ tradeOff: [point('country', 0, null, null), point(null, 0.5, null, null)] }).dots).toEqual([]);
    expect(policyWords({ changes: [] })).toBe('no column coarser');
  });
});
