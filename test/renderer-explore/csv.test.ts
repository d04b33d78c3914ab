import { describe, expect, it } from 'vitest';
import { queueCsv } from '../../renderer/routes/explore/csv.ts';
import type { QueueRow } from '../../renderer/routes/explore/queue-rows.ts';

const row: QueueRow = {
  rank: 1,
  actor: 'zeuXLSckFXVO',
  score: 3.3,
  percentile: 99.97,
  pValue: 0.0005,
  isRanked: true,
  events: 197,
  firstSeen: Date.UTC(2026, 2, 2),
  lastSeen: null,
  verdict: 'abuse',
  kind: 'token theft',
  hasNote: false,
  reasons: [{ feature: 'failure_streak', label: 'failures in a row', shownValue: '119', percentile: 99.9, high: true }],
  spark: [],
  detectors: {},
};
const linesOf = (rows: readonly QueueRow[]): string[] => queueCsv(rows).split('\r\n');

describe('the exported queue', () => {
  it('has a header and one line per row', () => {
    expect(linesOf([row])).toEqual([
      'rank,actor,score,percentile,p_value,evidence,events,first_seen,last_seen,verdict,kind,reasons',
      '1,zeuXLSckFXVO,3.3,99.97,0.0005,ok,197,2026-03-02T00:00:00.000Z,,abuse,token theft,failures in a row 119',
      '',
    ]);
  });

  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
    ['a,"b"\nc', '"a,""b""\nc"'],
  ])('a kind of %j stays text: %j', (kind, cell) => {
    expect(queueCsv([{ ...row, kind }])).toContain(`,abuse,${cell},failures`);
  });

  it('leaves negative numbers numbers', () => {
    expect(queueCsv([{ ...row, score: -0.4 }])).toContain(',-0.4,');
  });
});
