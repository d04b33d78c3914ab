/**
 * What is left of a case when its import is killed at a random moment, and how long Ctrl-C takes at any moment of a run.
 * `npm run bench:crash [-- --runs N --cancels N --events N]`
 */
import { join } from 'node:path';
import { seededRandom } from '../../core/random/index.ts';
import { interrupt, prepareSite, writeNarrowLog, type Interruption, type Site } from '../robustness/interrupted.ts';
import { benchOptions } from './harness/options.ts';
import { figureOf, printFigures, printTable, writeResult, type Figure } from './harness/result.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const { numbers } = benchOptions({ runs: 200, cancels: 30, events: 600_000 });
const ALL = 'isolationForest,autoencoder';
const random = seededRandom(7);

const kills = async (site: Site): Promise<readonly Interruption[]> => {
  const done: Interruption[] = [];
  for (let run = 0; run < numbers.runs; run++) {
    const delayMs = random.float() * importMsOf(site);
    const found = await interrupt(site, `killed-${run}`, { signal: 'SIGKILL', stage: 'import', delayMs });
    if (found.faults.length > 0) console.log(`run ${run}: ${found.outcome}: ${found.faults.join('; ')}`);
    done.push(found);
  }
  return done;
};

const cancels = async (site: Site): Promise<readonly (Interruption & { readonly stage: string })[]> => {
  const stages = [...site.stages];
  const done: (Interruption & { stage: string })[] = [];
  for (let run = 0; run < numbers.cancels; run++) {
    const [stage, elapsedMs] = stages[run % stages.length] ?? ['import', 0];
    const delayMs = random.float() * elapsedMs;
    const when = { signal: 'SIGINT', stage, delayMs, detectors: ALL } as const;
    const found = await interrupt(site, `cancelled-${run}`, when);
    if (found.faults.length > 0) console.log(`cancel ${run} (${stage}): ${found.outcome}: ${found.faults.join('; ')}`);
    done.push({ ...found, stage });
  }
  return done;
};

const importMsOf = (site: Site): number => site.stages.get('import') ?? 0;

const count = <T>(all: readonly T[], which: (one: T) => boolean): number => all.filter(which).length;
const counted = (what: string, ours: number, n: number): Figure => ({
  what,
  unit: 'runs',
  ours,
  peers: {},
  ratio: null,
  n,
  spread: {},
});

await inTemporaryFolder(async (folder) => {
  const log = join(folder, 'log.csv');
  writeNarrowLog(log, numbers.events);
  const site = await prepareSite(folder, log, ALL);
  const importMs = importMsOf(site);
  console.log(`Import of ${numbers.events} events into a case of ${site.before.events}: ${Math.round(importMs)} ms.`);

  const killed = await kills(site);
  const outcomes: readonly Interruption['outcome'][] = ['before', 'after', 'neither', 'not opened'];
  const figures: Figure[] = [
    ...outcomes.map((outcome) =>
      counted(
        `killed: ${outcome}`,
        count(killed, (k) => k.outcome === outcome),
        killed.length,
      ),
    ),
    counted(
      'killed: journal, vault or left-over files wrong',
      count(killed, (k) => k.faults.length > 0),
      killed.length,
    ),
    counted(
      'killed: had ended before the signal',
      count(killed, (k) => k.signal === null),
      killed.length,
    ),
  ];
  const cancelled = await cancels(site);
  const hit = cancelled.filter((c) => c.elapsedMs !== null);
  figures.push(
    figureOf(
      'Ctrl-C to the end of the process',
      'ms',
      hit.map((c) => c.elapsedMs ?? 0),
    ),
    counted(
      'Ctrl-C: took more than 200 ms',
      count(hit, (c) => (c.elapsedMs ?? 0) > 200),
      hit.length,
    ),
    counted(
      'Ctrl-C: exit code other than 130',
      count(hit, (c) => c.code !== 130),
      hit.length,
    ),
    counted(
      'Ctrl-C: case not sound',
      count(cancelled, (c) => c.faults.length > 0),
      cancelled.length,
    ),
  );
  printFigures('Killed and cancelled runs', figures);
  const slowest = [...hit].sort((a, b) => (b.elapsedMs ?? 0) - (a.elapsedMs ?? 0));
  printTable(
    'Ctrl-C, slowest first',
    ['stage', 'ms', 'exit'],
    slowest.map((c) => [c.stage, (c.elapsedMs ?? 0).toFixed(0), String(c.code ?? c.signal)]),
  );
  writeResult('crash', {}, figures, {
    importMs: Math.round(importMs),
    cancels: slowest.map(({ stage, elapsedMs, code }) => ({ stage, elapsedMs: Math.round(elapsedMs ?? 0), code })),
  });
});
