import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { openCase } from '../../core/index.ts';
import { numberColumn, readColumns } from '../../core/store/index.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BIN = join(ROOT, 'bin', 'nightjar.mjs');

/** A directory, and how it is removed. Other users may enter it. */
export const workshop = (): { readonly directory: string; remove(): void } => {
  const directory = mkdtempSync(join(tmpdir(), 'nightjar-robust-'));
  chmodSync(directory, 0o755);
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
};

export type Ran = {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  /** Messages without the lines of progress. */
  readonly err: string;
  /** When the process had ended, by `performance.now()`. */
  readonly endedAt: number;
};

export type Surroundings = {
  readonly cwd?: string;
  readonly uid?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Wraps the command for a shell, as `ulimit` needs. */
  readonly shell?: (command: string) => string;
  /** Called once it runs. */
  readonly started?: (child: {
    kill(signal: 'SIGINT' | 'SIGKILL'): boolean;
    readonly pid?: number | undefined;
  }) => void;
  readonly onErr?: (text: string) => void;
};

/** Runs the real command line in surroundings of its own. */
export const nightjar = (args: readonly string[], around: Surroundings = {}): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const { NIGHTJAR_PASSPHRASE: _, ...env } = process.env;
    const options = {
      cwd: around.cwd ?? ROOT,
      env: { ...env, ...around.env },
      ...(around.uid === undefined ? {} : { uid: around.uid }),
    };
    const words = [process.execPath, BIN, ...args];
    const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const child = around.shell
      ? spawn('bash', ['-c', around.shell(quoted)], options)
      : spawn(process.execPath, [BIN, ...args], options);
    let out = '';
    let err = '';
    // A chunk may end within a character.
    child.stdout.setEncoding('utf8').on('data', (data: string) => (out += data));
    child.stderr.setEncoding('utf8').on('data', (data: string) => {
      err += data;
      around.onErr?.(data);
    });
    let endedAt = 0;
    child.on('error', reject);
    child.on('exit', () => (endedAt = performance.now()));
    child.on('close', (code, signal) => {
      // Ended by the signal itself is what a shell calls 130.
      resolve({
        code: signal === 'SIGINT' ? 130 : code,
        signal,
        out,
        endedAt,
        err: err.replace(/^[A-Za-z ]+ …\n/gmu, ''),
      });
    });
    around.started?.(child);
  });

/** What a case holds, by its tables and by its own account. */
export type Kept = {
  readonly events: number;
  readonly quarantine: number;
  readonly read: number;
  readonly stored: number;
  readonly quarantined: number;
  readonly imports: number;
};

export const NOTHING: Kept = { events: 0, quarantine: 0, read: 0, stored: 0, quarantined: 0, imports: 0 };

const COUNTS = `SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM quarantine) AS quarantine,
  coalesce(sum(rows_read), 0) AS read, coalesce(sum(stored), 0) AS stored,
  coalesce(sum(quarantined), 0) AS quarantined, count(*) AS imports FROM imports`;

/** Opens a case, which puts right what a crash left, and counts. A directory without a case holds nothing. */
export const keptIn = async (directory: string, keyringPath?: string): Promise<Kept> => {
  if (!existsSync(join(directory, 'case.json'))) return NOTHING;
  const opened = await openCase(directory, { threads: 1, ...(keyringPath === undefined ? {} : { keyringPath }) });
  try {
    const counts = await readColumns(opened.connection, COUNTS);
    const of = (name: string): number => numberColumn(counts, name)[0] ?? Number.NaN;
    return {
      events: of('events'),
      quarantine: of('quarantine'),
      read: of('read'),
      stored: of('stored'),
      quarantined: of('quarantined'),
      imports: of('imports'),
    };
  } finally {
    await opened.close();
  }
};
