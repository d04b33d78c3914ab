import { describe, expect, test } from 'vitest';
import { sniffTimeFormat } from '../../../core/ingest/time/index.ts';

type Case = readonly [
  samples: readonly string[],
  kind: string | undefined,
  share: number,
  zoned: string,
  ambiguous: boolean,
];
const CASES: readonly Case[] = [
  [['2026-01-31T10:11:12Z', '2026-01-31T10:11:13+02:00'], 'iso', 1, 'all', false],
  [['2026-01-31 10:11:12', '2026-01-31 10:11:13'], 'iso', 1, 'none', false],
  [['2026-01-31 10:11:12', '2026-01-31 10:11:13Z'], 'iso', 1, 'mixed', false],
  [['2026-01-31', '', 'n/a', '2026-02-01', '2026-02-03'], 'iso', 0.75, 'none', false],
  [['1588205199', '1588205200.5'], 'epoch-s', 1, 'all', false],
  [['1588205199123'], 'epoch-ms', 1, 'all', false],
  [['1588205199123456'], 'epoch-us', 1, 'all', false],
  [['1588205199123456789'], 'epoch-ns', 1, 'all', false],
  [['1', '2', '200'], 'day-step', 1, 'all', false],
  [['20260131', '20260201'], 'compact', 1, 'none', false],
  [['20260131T101112Z'], 'compact', 1, 'all', false],
  [['17/May/2015:10:05:03 +0000'], 'clf', 1, 'all', false],
  [['Thu, 22 Aug 2002 18:26:25 +0700', 'Thu, 22 Aug 2002 18:26:25'], 'rfc2822', 1, 'mixed', false],
  [['Mar 27 13:06:56'], 'syslog', 1, 'none', false],
  [['03/04/2026', '05/06/2026'], 'us', 1, 'none', true],
  [['03/04/2026', '05/16/2026'], 'us', 1, 'none', false],
  [['03/04/2026', '16/05/2026'], 'eu', 1, 'none', false],
  [['03.04.2026 10:00'], 'eu', 1, 'none', false],
  [['alice', 'bob'], undefined, 0, 'none', false],
  [[], undefined, 0, 'none', false],
];

describe('sniffTimeFormat', () => {
  test.each(CASES)('%j', (samples, kind, share, zoned, ambiguous) => {
    const sniffed = sniffTimeFormat(samples);
    expect([sniffed.format?.kind, sniffed.share, sniffed.zoned, sniffed.ambiguous]).toEqual([
      kind,
      share,
      zoned,
      ambiguous,
    ]);
  });
});
