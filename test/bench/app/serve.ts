import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/options.ts';

export type Served = { readonly address: string; readonly pid: number; readonly close: () => Promise<void> };

/** A home for one user. */
export const homeOf = (home: string): Record<string, string> => {
  mkdirSync(home, { recursive: true });
  const { PATH = '', DISPLAY } = process.env;
  return { PATH, HOME: home, ...(DISPLAY === undefined ? {} : { DISPLAY }) };
};

/** `nightjar open … --browser --no-launch`, until it prints its address. */
export const serve = async (home: string, args: readonly string[]): Promise<Served> => {
  const cli = join(ROOT, 'bin/nightjar.mjs');
  const child = spawn(process.execPath, [cli, 'open', ...args, '--browser', '--no-launch'], { env: homeOf(home) });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    const listen = (bytes: Buffer): void => {
      said += bytes.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/u.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void exited.then(() => reject(new Error(`The app ended before it was there:\n${said}`)));
  });
  return {
    address,
    pid: child.pid ?? 0,
    close: async () => {
      child.kill('SIGINT');
      await exited;
    },
  };
};
