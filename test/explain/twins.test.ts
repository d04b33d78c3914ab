import { describe, expect, it } from 'vitest';
import { groupsByRow, toldTwins } from '../../core/explain/twins.ts';
import type { TwinGroup } from '../../core/detect/index.ts';

const group = (members: readonly number[], pValue: number, shared: TwinGroup['shared'] = []): TwinGroup => ({
  members,
  basis: 'features',
  pValue,
  shared,
  sentence: '',
});
describe('groupsByRow', () => {
  it('gives each row the least likely of its groups', () => {
    const groups = [group([1, 2, 3], 0.01), group([3, 4], 0.001), group([4, 5], 0.5)];
    const groupOf = groupsByRow(groups);
    expect([0, 1, 3, 4, 5].map((row) => groupOf(row)?.pValue)).toEqual([undefined, 0.01, 0.001, 0.001, 0.5]);
  });
});

describe('toldTwins', () => {
  const shared = [
    { what: 'gap_median_s', value: 1, others: 0.01 },
    { what: 'ip_count', value: 1, others: 0.2 },
    { what: 'V14', value: 0.9, others: 0.1 },
    { what: 'V15', value: 0.9, others: 0.1 },
  ];

  it('says who else, and in what they agree', () => {
    expect(toldTwins(group([7, 3, 5], 0.01, shared), 3)).toEqual({
      others: [7, 5],
      basis: 'features',
      pValue: 0.01,
      sentence: 'Acts like 2 others: they mostly agree in typical pause, addresses and V14.',
    });
    expect(toldTwins(group([7, 3], 0.01), 3).sentence).toBe('Acts like 1 other.');
  });

  it('says how much a pair shares that acts together', () => {
    const together = (value: number): TwinGroup => ({
      ...group([7, 3, 5], 0.01, [{ what: 'objects', value, others: 0.2 }]),
      basis: 'events',
    });
    const sentence = 'Does the same at the same times as 2 others: a pair typically shares 12 objects.';
    expect(toldTwins(together(12.3), 3).sentence).toBe(sentence);
    expect(toldTwins(together(1), 3).sentence).toContain('shares 1 object.');
    expect(toldTwins(together(0), 3).sentence).toBe('Does the same at the same times as 2 others.');
  });
});
