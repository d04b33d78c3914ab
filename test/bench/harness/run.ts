import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './options.ts';

export type Finished = {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallMs: number;
  /** Most memory the process itself held (VmHWM); 0 where /proc is not there. */
  readonly peakBytes: number;
};

export type RunOptions = { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string };

/** Runs a program to its end and watches its peak memory. */
export const run = (command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let peakBytes = 0;
    const sample = setInterval(() => {
      peakBytes = Math.max(peakBytes, child.pid === undefined ? 0 : peakOf(child.pid));
    }, 50);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.on('error', (error) => {
      clearInterval(sample);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(sample);
      const wallMs = performance.now() - startedAt;
      const text = (parts: Buffer[]): string => Buffer.concat(parts).toString();
      resolve({ code: code ?? 1, stdout: text(out), stderr: text(err), wallMs, peakBytes });
    });
  });

/** Peak resident memory of a process since it started its program. */
export const peakOf = (pid: number | 'self'): number => {
  try {
    const match = /VmHWM:\s*(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(match?.[1] ?? 0) * 1024;
  } catch (error) {
    // The process ended between two looks, or there is no /proc.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return 0;
    throw error;
  }
};

/** As `run`, but anything other than exit code 0 is an error that shows what was said. */
export const mustRun = async (
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> => {
  const finished = await run(command, args, options);
  if (finished.code === 0) return finished;
  throw new Error(`${args.slice(0, 3).join(' ')} ended with code ${finished.code}:\n${finished.stderr.slice(-2000)}`);
};

/** The JSON a child program of `test/bench/children` prints; each runs by itself, so that its memory is its own. */
export const runChild = async (name: string, input: unknown): Promise<unknown> => {
  const start = join(ROOT, 'test/bench/children/start.mjs');
  const { stdout } = await mustRun(process.execPath, [start, name, JSON.stringify(input)]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};

/** The command line, as users run it. */
export const nightjar = (args: readonly string[], options: RunOptions = {}): Promise<Finished> =>
  run(process.execPath, [join(ROOT, 'bin/nightjar.mjs'), ...args], options);
