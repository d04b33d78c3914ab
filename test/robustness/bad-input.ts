import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from './support.ts';

/** What is made for one row of the table. */
export type Made = {
  /** Arguments behind `nightjar detect --case CASE --no-vault --format json`; `bare` leaves those out. */
  readonly args: readonly string[];
  readonly bare?: boolean;
  readonly around?: Surroundings;
  /** The case directory, where it is not an ordinary new one. */
  readonly caseDirectory?: string;
  /** Runs after the command, whatever became of it. */
  readonly after?: () => void | Promise<void>;
};

/** One row of docs/bad-input.md. */
export type BadInput = {
  readonly name: string;
  /** Makes the input below an empty directory; undefined where this machine cannot (the row is then skipped). */
  readonly make: (directory: string) => Made | undefined | Promise<Made | undefined>;
  readonly exit: 0 | 1 | 2;
  /** All that is said on stderr, with DIR for the directory; `…` stands for anything. */
  readonly says: readonly string[];
  /** Records read, stored and quarantined; absent where nothing is kept. */
  readonly kept?: readonly [read: number, stored: number, quarantined: number];
  /** Values that must appear in no output. */
  readonly secrets?: readonly string[];
};

/** A row whose input is one file with these bytes. */
export const fileWith = (
  name: string,
  bytes: string | Uint8Array,
  ...options: readonly string[]
): ((directory: string) => Made) => {
  return (directory) => {
    writeFileSync(join(directory, name), bytes);
    return { args: [join(directory, name), ...options] };
  };
};

export const HEADER = 'time,user,action,item,amount';

/** Line i of an ordinary log: 9 users, 3 actions, 11 items, a minute apart. */
export const event = (i: number): string =>
  `${new Date(Date.UTC(2024, 0, 2) + i * 60_000).toISOString()},secret-user-${i % 9},${['view', 'buy', 'like'][i % 3]},secret-item-${(i * i) % 11},${(i * 37) % 100}.5`;

/** Lines `from` to `to` (not included) of an ordinary log. */
export const events = (to: number, from = 0): string[] => Array.from({ length: to - from }, (_, i) => event(from + i));

/** An ordinary log of 60 events. */
export const LOG = `${[HEADER, ...events(60)].join('\n')}\n`;

export const SECRETS = ['secret-user', 'secret-item'];
