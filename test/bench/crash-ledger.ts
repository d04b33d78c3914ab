/**
 * Whether a release can get out unpaid, or a ledger be left that does not verify, when the process is killed at a random
 * moment of concurrent releases. `npm run bench:crash-ledger [-- --runs N]`. A kill leaves what the process wrote in the
 * system's cache: this is about the order of writes, not about a power cut, against which every write is synced.
 */
import { seededRandom } from '../../core/random/index.ts';
import { releaseSite } from '../api/release/support.ts';
import { killDuringReleases, type Killed } from '../robustness/ledger-crash.ts';
import { benchOptions } from './harness/options.ts';
import { printFigures, writeResult, type Figure } from './harness/result.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const { numbers } = benchOptions({ runs: 200 });
/** A few releases long, on the machine this was written on. */
const MOST_MS = 1000;

const total = (all: readonly Killed[], of: (one: Killed) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0);
const counted = (what: string, unit: string, ours: number, n: number): Figure => ({
  what,
  unit,
  ours,
  peers: {},
  ratio: null,
  n,
  spread: {},
});

await inTemporaryFolder(async (folder) => {
  const site = await releaseSite({ epsilon: '1000' }, folder);
  const random = seededRandom(11);
  const killed: Killed[] = [];
  for (let run = 0; run < numbers.runs; run++) {
    const found = await killDuringReleases(site, random.float() * MOST_MS);
    if (found.faults.length > 0 || found.unpaid > 0) console.log(`run ${run}: ${JSON.stringify(found)}`);
    killed.push(found);
  }
  const last = killed.at(-1);
  const figures = [
    counted(
      'killed during releases: releases without a debit',
      'releases',
      total(killed, (k) => k.unpaid),
      killed.length,
    ),
    counted(
      'killed during releases: ledgers that do not verify',
      'runs',
      killed.filter((k) => k.faults.length > 0).length,
      killed.length,
    ),
    counted(
      'debits',
      'releases',
      total(killed, (k) => k.debits),
      killed.length,
    ),
    counted(
      'release files that got out',
      'releases',
      total(killed, (k) => k.released),
      killed.length,
    ),
    counted('debits whose answer was lost, at the end', 'releases', last?.interrupted ?? 0, killed.length),
  ];
  printFigures('Killed during releases', figures);
  writeResult('crash-ledger', {}, figures, {});
});
