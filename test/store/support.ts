import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

import { NightjarError } from '../../core/api/errors.ts';

/** A directory that is removed when the test ends. */
export const scratch = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'nightjar-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

/** A place for a case and its keyring, apart from each other. */
export const casePlace = (): { directory: string; keyringPath: string } => {
  const root = scratch();
  mkdirSync(join(root, 'configuration'));
  return { directory: join(root, 'case'), keyringPath: join(root, 'configuration', 'nightjar', 'keyring') };
};

/** Code and message of the NightjarError that `work` ends with. */
export const failure = async (work: () => unknown): Promise<NightjarError> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof NightjarError) return error;
    throw error;
  }
  throw new Error('It should have failed.');
};

/** Every file below a directory with its bytes. */
export const filesIn = (directory: string): { path: string; bytes: Buffer }[] =>
  readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: readFileSync(path) }));

export type Child = {
  readonly process: ChildProcess;
  /** Resolves with the next whole line of standard output, or undefined at its end. */
  nextLine(): Promise<string | undefined>;
  readonly exit: Promise<number | null>;
};

/** Starts `test/store/child.ts`; it is killed when the test ends. `shell` wraps the command, as `ulimit` needs. */
export const startChild = (args: readonly string[], shell?: (command: string) => string): Child => {
  const script = fileURLToPath(new URL('child.ts', import.meta.url));
  const command = [process.execPath, '--import', 'tsx', script, ...args];
  const quoted = command.map((word) => `'${word}'`).join(' ');
  const child = shell
    ? spawn('bash', ['-c', shell(quoted)], { stdio: ['pipe', 'pipe', 'inherit'] })
    : spawn(command[0] ?? '', command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  let rest = '';
  let ended = false;
  let wake = (): void => undefined;
  child.stdout.on('data', (data: Buffer) => {
    const parts = (rest + data.toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  child.stdout.on('end', () => {
    ended = true;
    wake();
  });
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const nextLine = async (): Promise<string | undefined> => {
    for (;;) {
      if (lines.length > 0 || ended) return lines.shift();
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { process: child, nextLine, exit };
};
