import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './options.ts';

export type Machine = {
  readonly cores: number;
  readonly memoryBytes: number;
  readonly cpu: string;
  readonly node: string;
};

/** What the figures were measured on: no host name, no path. */
export const describeMachine = (): Machine => ({
  cores: availableParallelism(),
  memoryBytes: totalmem(),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  node: process.version,
});

/** The commit of the checkout, with a plus where files differ from it. */
export const commitOf = (): string => {
  const git = (...args: string[]): string => {
    const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : '';
  };
  const commit = git('rev-parse', '--short', 'HEAD') || 'unknown';
  return git('status', '--porcelain', '--untracked-files=no') === '' ? commit : `${commit}+`;
};

const PACKAGE = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()).optional() });

/** The project's version and those of the packages it runs on. */
export const ownVersions = (): Readonly<Record<string, string>> => {
  const { version, dependencies } = PACKAGE.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  return { nightjar: version, ...dependencies };
};
