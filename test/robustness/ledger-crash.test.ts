import { expect, test } from 'vitest';

import { seededRandom } from '../../core/random/index.ts';
import { folder } from '../api/release/folder.ts';
import { releaseSite } from '../api/release/support.ts';
import { killDuringReleases } from './ledger-crash.ts';

test('kill -9 during concurrent releases: nothing is out that was not paid for, and the ledger is whole', async () => {
  const site = await releaseSite({ epsilon: '100' }, folder());
  const random = seededRandom(3);
  let debits = 0;
  for (let run = 0; run < 5; run++) {
    const found = await killDuringReleases(site, 20 + random.float() * 300);
    expect(found.faults).toEqual([]);
    expect(found.unpaid).toBe(0);
    expect(found.released).toBeLessThanOrEqual(found.debits);
    debits += found.debits;
  }
  expect(debits).toBeGreaterThan(0);
}, 120_000);
