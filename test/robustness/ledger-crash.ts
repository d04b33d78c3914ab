import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { checkCaseLedger, viewLedger } from '../../core/api/release/index.ts';
import { NightjarError } from '../../core/index.ts';
import { parseRelease, type ReleaseFile } from '../../core/release/release-file/index.ts';
import { verifyLedger } from '../../core/store/index.ts';
import type { Site } from '../api/release/support.ts';

/** What was found after one kill. */
export type Killed = {
  /** Release files, written out or stored, that the ledger has no debit for. */
  readonly unpaid: number;
  /** Whole release files that had got out. */
  readonly released: number;
  /** Debits that this run added, and those of them without an answer. */
  readonly debits: number;
  readonly interrupted: number;
  /** Why the ledger does not verify, before and after the case is opened again; nothing where it does. */
  readonly faults: readonly string[];
};

/** Debits of each release, as decimals. */
export const EPSILON = '0.01';

/** Releases from the case in a process of its own, kills that `delayMs` after it began, and looks at what is left. */
export const killDuringReleases = async (site: Site, delayMs: number): Promise<Killed> => {
  const out = mkdtempSync(join(site.root, 'out-'));
  const before = debitsOf(site);
  await runAndKill(site, out, delayMs);
  const faults: string[] = [];
  const files = [...releasesIn(out), ...releasesIn(join(site.directory, 'releases'))];
  const entries = verifyLedger(site.directory).entries;
  const paid = new Set(entries.filter(({ event }) => event === 'release.debited').map(({ hash }) => hash));
  const unpaid = files.filter(({ release }) => !paid.has(release.ledger.entry)).length;
  faults.push(...checkCaseLedger(site.directory, releasesIn(out)).faults);
  let interrupted = 0;
  try {
    const again = await site.open();
    const view = viewLedger(again);
    const debits = view.requests.filter(({ debit }) => debit !== null);
    interrupted = debits.filter(({ state }) => state === 'interrupted').length;
    const spent = Number(view.spent.epsilon);
    if (Math.abs(spent - debits.length * Number(EPSILON)) > 1e-9)
      faults.push('the spent budget is not that of the debits');
    await again.close();
  } catch (error) {
    faults.push(error instanceof NightjarError ? error.message : String(error));
  }
  faults.push(...checkCaseLedger(site.directory, releasesIn(out)).faults);
  const released = releasesIn(out).length;
  rmSync(out, { recursive: true });
  return { unpaid, released, debits: debitsOf(site) - before, interrupted, faults };
};

const debitsOf = ({ directory }: Site): number =>
  verifyLedger(directory).entries.filter(({ event }) => event === 'release.debited').length;

/** Whole files only: the writer renames, so that a file that is there is whole. */
const releasesIn = (folder: string): ReleaseFile[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => parseRelease(readFileSync(join(folder, name), 'utf8')))
    : [];

const runAndKill = (site: Site, out: string, delayMs: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('ledger-crash-child.ts', import.meta.url));
    const args = ['--import', 'tsx', script, site.directory, site.keyringPath, site.keyPath, out, EPSILON];
    mkdirSync(out, { recursive: true });
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    child.stderr.setEncoding('utf8').on('data', (data: string) => (err += data));
    child.stdout.once('data', () => (timer = setTimeout(() => child.kill('SIGKILL'), delayMs)));
    child.on('error', reject);
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`The releasing process ended by itself:\n${err}`));
    });
  });
