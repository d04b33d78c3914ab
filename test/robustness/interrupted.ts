import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { openCase, verifyJournal } from '../../core/index.ts';
import { numberColumn, readColumns, textColumn } from '../../core/store/index.ts';
import { keptIn, nightjar, type Kept, type Ran } from './support.ts';

/** A case that holds one import, and a log that is imported into copies of it. */
export type Site = {
  readonly root: string;
  readonly template: string;
  readonly keyringPath: string;
  readonly env: Readonly<Record<string, string>>;
  readonly before: Kept;
  readonly after: Kept;
  readonly vaultBytes: number;
  readonly log: string;
  /** How long each stage of a whole run takes, in order: of the faster of two. */
  readonly stages: ReadonlyMap<string, number>;
};

const firstLog = (): string => {
  const line = (i: number): string =>
    `${new Date(Date.UTC(2024, 0, 2) + i * 60_000).toISOString()},first-${i % 20},${i % 3 === 0 ? 'view' : 'buy'},${i}`;
  return `time,user,action,amount\n${Array.from({ length: 2000 }, (_, i) => line(i)).join('\n')}\nbroken\n`;
};

/**
 * Writes a log of narrow records, some of them broken: more events than are stored at once, so that an import
 * that is not one transaction is found out.
 */
export const writeNarrowLog = (path: string, events: number): void => {
  const file = openSync(path, 'w');
  writeSync(file, 'ts,user,action,amount\n');
  for (let from = 0; from < events; from += 10_000) {
    const lines: string[] = [];
    for (let i = from; i < Math.min(events, from + 10_000); i++) {
      const user = (i * 7919) % 2003;
      const action = ['view', 'like', 'buy', 'post', 'read'][(i * (user % 7)) % 5];
      lines.push(i % 9973 === 17 ? 'broken' : `${1_700_000_000 + i},u${user},${action},${(i * 31) % 97}`);
    }
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
};

const detectInto = (site: Pick<Site, 'log' | 'env'>, directory: string, detectors: string): string[] => [
  'detect',
  site.log,
  '--case',
  directory,
  '--detectors',
  detectors,
  '--top',
  '1',
  '--format',
  'json',
];

/** Makes the case and times one whole run on a copy of it. */
export const prepareSite = async (root: string, log: string, detectors = 'isolationForest'): Promise<Site> => {
  const env = { XDG_CONFIG_HOME: join(root, 'configuration'), TMPDIR: join(root, 'scratch') };
  mkdirSync(env.TMPDIR, { recursive: true });
  const keyringPath = join(env.XDG_CONFIG_HOME, 'nightjar', 'keyring');
  const [template, first] = [join(root, 'template'), join(root, 'first.csv')];
  writeFileSync(first, firstLog());
  const made = await nightjar(detectInto({ log: first, env }, template, 'isolationForest'), { env });
  if (made.code !== 0) throw new Error(`The first import failed:\n${made.err}`);
  const before = await keptIn(template, keyringPath);
  const vaultBytes = statSync(join(template, 'vault.sealed')).size;
  const timed = [
    await timeRun({ root, template, log, env, detectors }),
    await timeRun({ root, template, log, env, detectors }),
  ];
  const [fastest] = timed.sort((one, other) => totalMs(one.stages) - totalMs(other.stages));
  if (fastest === undefined) throw new Error('No run was timed.');
  const after = await keptIn(fastest.directory, keyringPath);
  for (const { directory } of timed) rmSync(directory, { recursive: true });
  const { stages } = fastest;
  return { root, template, keyringPath, env, before, after, vaultBytes, log, stages };
};

type Timed = { readonly directory: string; readonly stages: ReadonlyMap<string, number> };

const totalMs = (stages: ReadonlyMap<string, number>): number =>
  [...stages.values()].reduce((sum, elapsedMs) => sum + elapsedMs, 0);

/** One whole run on a copy of the case. */
const timeRun = async (
  from: Pick<Site, 'root' | 'template' | 'log' | 'env'> & { readonly detectors: string },
): Promise<Timed> => {
  const directory = mkdtempSync(join(from.root, 'whole-'));
  cpSync(from.template, directory, { recursive: true });
  const begun: [stage: string, at: number][] = [];
  const ran = await nightjar(detectInto(from, directory, from.detectors), {
    env: from.env,
    onErr: (text) => {
      for (const stage of stagesIn(text)) begun.push([stage, performance.now()]);
    },
  });
  if (ran.code !== 0) throw new Error(`The second import failed:\n${ran.err}`);
  const stages = new Map(begun.map(([stage, at], i) => [stage, (begun[i + 1]?.[1] ?? ran.endedAt) - at]));
  return { directory, stages };
};

const stagesIn = (text: string): string[] => [...text.matchAll(/^([A-Za-z ]+) …$/gmu)].map(([, stage = '']) => stage);

export type Interruption = {
  readonly code: number | null;
  readonly signal: string | null;
  /** From the signal to the end of the process; null where it had ended before. */
  readonly elapsedMs: number | null;
  readonly outcome: 'before' | 'after' | 'neither' | 'not opened';
  /** What else is wrong with the case: empty where nothing is. */
  readonly faults: readonly string[];
};

/** A signal, and when it is sent: so long after a stage has begun. */
export type When = {
  readonly signal: 'SIGINT' | 'SIGKILL';
  readonly stage: string;
  readonly delayMs: number;
  readonly detectors?: string;
};

/** Imports into a copy of the case, sends the signal, opens the case again and looks at it. */
export const interrupt = async (site: Site, name: string, when: When): Promise<Interruption> => {
  const directory = join(site.root, name);
  cpSync(site.template, directory, { recursive: true });
  const sent = await signalled(detectInto(site, directory, when.detectors ?? 'isolationForest'), site, when);
  const found = await inspect(site, directory, when.signal === 'SIGINT');
  rmSync(directory, { recursive: true });
  return { ...sent, ...found };
};

/** Runs a command and sends it a signal. */
export const signalled = async (
  args: readonly string[],
  { env }: Pick<Site, 'env'>,
  when: When,
): Promise<Ran & { readonly elapsedMs: number | null }> => {
  let sentAt: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let send = (): void => undefined;
  const ran = await nightjar(args, {
    env,
    started: (child) => {
      send = () => {
        sentAt = performance.now();
        child.kill(when.signal);
      };
    },
    onErr: (text) => {
      if (stagesIn(text).includes(when.stage)) timer = setTimeout(() => send(), when.delayMs);
    },
  });
  clearTimeout(timer);
  return { ...ran, elapsedMs: sentAt === undefined ? null : ran.endedAt - sentAt };
};

const inspect = async (
  site: Site,
  directory: string,
  tidy: boolean,
): Promise<Pick<Interruption, 'outcome' | 'faults'>> => {
  const faults: string[] = [];
  if (tidy && existsSync(join(directory, 'tmp')) && readdirSync(join(directory, 'tmp')).length > 0)
    faults.push('spilled files are left');
  if (tidy && existsSync(join(directory, 'lock'))) faults.push('the lock is left');
  if (tidy && readdirSync(site.env['TMPDIR'] ?? '').length > 0) faults.push('a temporary directory is left');
  let kept: Kept;
  try {
    kept = await keptIn(directory, site.keyringPath);
  } catch (error) {
    return { outcome: 'not opened', faults: [error instanceof Error ? error.message : String(error)] };
  }
  const same = (wanted: Kept): boolean => JSON.stringify(kept) === JSON.stringify(wanted);
  const outcome = same(site.before) ? 'before' : same(site.after) ? 'after' : 'neither';
  if (!verifyJournal(directory).ok) faults.push('the journal does not verify');
  const vaultBytes = statSync(join(directory, 'vault.sealed')).size;
  if (outcome === 'before' && vaultBytes !== site.vaultBytes) faults.push('the vault holds more than the imports');
  faults.push(...(await vaultFaults(site, directory)));
  const names = readdirSync(directory).sort().join(' ');
  if (names !== 'case.json data.duckdb exports journal.ndjson models vault.sealed') faults.push(`left over: ${names}`);
  return { outcome, faults };
};

/** Someone of every import is looked up. */
const vaultFaults = async (site: Site, directory: string): Promise<string[]> => {
  const opened = await openCase(directory, { keyringPath: site.keyringPath, threads: 1 });
  try {
    const actors = textColumn(
      await readColumns(opened.connection, 'SELECT min(actor_id) AS actor FROM events GROUP BY dataset'),
      'actor',
    );
    const imports = numberColumn(await readColumns(opened.connection, 'SELECT count(*) AS n FROM imports'), 'n')[0];
    const unknown = actors.filter((actor) => opened.vault.reidentify(actor ?? '', 'a test').length === 0);
    return [
      ...(actors.length === imports ? [] : ['events of an import that is not there']),
      ...(unknown.length === 0 ? [] : ['an actor that the vault does not know']),
    ];
  } finally {
    await opened.close();
  }
};
