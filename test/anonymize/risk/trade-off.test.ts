import { expect, test } from 'vitest';
import { tradeOff, type DetectionCost, type Policy } from '../../../core/anonymize/risk/index.ts';

const policy = (suppressedShare: number, granularity: number): Policy => ({
  levels: [0],
  suppressed: suppressedShare * 100,
  suppressedShare,
  classes: 1,
  smallest: 5,
  allClasses: 1,
  averageRisk: 0.1,
  averageRiskOfAll: 0.1,
  highestRisk: 0.2,
  changes: [],
  loss: { granularity, discernibility: 1 },
});
const finds = (share: number, after?: number): DetectionCost => ({
  rankCorrelation: 1,
  topOverlap: { of: 50, share },
  rocAuc: after === undefined ? null : { before: 0.9, after },
  unseen: [],
});

test('points run from little risk to much; those that another beats in both are not the best', () => {
  const points = tradeOff([
    { policy: policy(0.5, 0.1), detection: finds(0.9) },
    { policy: policy(0, 0.6), detection: finds(0.7) },
    { policy: policy(0.2, 0.3), detection: finds(0.6) },
    { policy: policy(0.1, 0.3), detection: null },
    { policy: policy(0.2, 0.2), detection: finds(0.8) },
  ]);
  expect(points.map(({ atRisk, policy: { loss }, isBest }) => [atRisk, loss.granularity, isBest])).toEqual([
    [0, 0.6, true],
    [0.1, 0.3, false],
    [0.2, 0.2, true],
    [0.2, 0.3, false],
    [0.5, 0.1, true],
  ]);
});

test('where there are labels, ROC decides and not the overlap', () => {
  const [first, second] = tradeOff([
    { policy: policy(0, 0.5), detection: finds(0.2, 0.89) },
    { policy: policy(0.1, 0.5), detection: finds(0.9, 0.8) },
  ]);
  expect([first?.isBest, second?.isBest]).toEqual([true, false]);
});

test('where one of them has too few labels, all are held against each other by the overlap', () => {
  const points = tradeOff([
    { policy: policy(0, 0.5), detection: finds(0.2, 0.89) },
    { policy: policy(0.1, 0.5), detection: finds(0.9) },
    { policy: policy(0.2, 0.5), detection: null },
  ]);
  expect(points.map(({ detection, isBest }) => [detection?.rocAuc, isBest])).toEqual([
    [null, true],
    [null, true],
    [undefined, false],
  ]);
});
