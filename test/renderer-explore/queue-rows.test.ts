// @vitest-environment jsdom
import { columnFromArray, fixedSizeList, tableFromColumns, tableFromIPC, tableToIPC, uint16 } from '@uwdata/flechette';
import { expect, it } from 'vitest';
import { rowsOf } from '../../renderer/routes/explore/queue-rows.ts';

it('reads the rows of a page, whatever is missing', () => {
  const reasons = JSON.stringify([
    { feature: 'gap_median_s', label: 'median gap', shownValue: '2 s', percentile: null, high: false },
  ]);
  const sent = tableFromColumns({
    rank: columnFromArray(Int32Array.of(1, 2)),
    actor: columnFromArray(['=a', '<b>b</b>']),
    score: columnFromArray(Float64Array.of(3.3, Number.NaN)),
    percentile: columnFromArray(Float64Array.of(99.9, Number.NaN)),
    pValue: columnFromArray(Float64Array.of(0.001, Number.NaN)),
    lead: columnFromArray(['alike', null]),
    evidence: columnFromArray(['ok', 'insufficient']),
    events: columnFromArray(Int32Array.of(40, 2)),
    firstSeen: columnFromArray(Float64Array.of(5, Number.NaN)),
    lastSeen: columnFromArray(Float64Array.of(7, Number.NaN)),
    verdict: columnFromArray(['abuse', null]),
    kind: columnFromArray(['spam', null]),
    hasNote: columnFromArray([true, false]),
    twins: columnFromArray(Int32Array.of(7, 0)),
    group: columnFromArray(Int32Array.of(2, -1)),
    reasons: columnFromArray([reasons, '[]']),
    spark: columnFromArray([Uint16Array.of(1, 2), Uint16Array.of(0, 9)], fixedSizeList(uint16(), 2)),
    'detector:isolationForest': columnFromArray(Float64Array.of(98, Number.NaN)),
  });
  const bytes = tableToIPC(sent, { format: 'stream' }) ?? new Uint8Array();
  const [first, second] = rowsOf(tableFromIPC(bytes));
  expect(first).toEqual({
    rank: 1,
    actor: '=a',
    score: 3.3,
    percentile: 99.9,
    pValue: 0.001,
    lead: 'alike',
    isRanked: true,
    events: 40,
    firstSeen: 5,
    lastSeen: 7,
    verdict: 'abuse',
    kind: 'spam',
    hasNote: true,
    twins: { others: 7, group: 2 },
    reasons: [{ feature: 'gap_median_s', label: 'median gap', shownValue: '2 s', percentile: null, high: false }],
    spark: [1, 2],
    detectors: { isolationForest: 98 },
  });
  expect(second).toMatchObject({
    actor: '<b>b</b>',
    isRanked: false,
    pValue: null,
    lead: null,
    firstSeen: null,
    lastSeen: null,
    verdict: null,
    kind: null,
    twins: null,
    reasons: [],
    spark: [0, 9],
  });
});
