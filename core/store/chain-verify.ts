import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';

import { chainRoot, type ChainEntry, type ChainName } from './chain.ts';
import { withFileErrors } from './files.ts';

/** Faults that any chain can have. */
export type ChainFault = 'changed' | 'missing' | 'reordered' | 'truncated';

export type ChainVerdict<Why extends string> =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly hash: string;
      /** Bytes of a last line that a crash left unfinished; the next opening cuts them off. */
      readonly unfinishedBytes: number;
    }
  | { readonly ok: false; readonly line: number; readonly why: Why; readonly message: string };

/** What was read of a chain: the verdict, the entries up to the first fault, and the length of the whole lines. */
export type CheckedChain<Entry, Why extends string> = {
  readonly verdict: ChainVerdict<Why>;
  readonly entries: readonly Entry[];
  readonly wholeBytes: number;
};

/** What is wrong with a line; `what` ends a sentence about it. */
export type LineFault<Why extends string> = { readonly line: number; readonly why: Why; readonly what: string };

/** What is checked of one kind of chain beyond its hashes. */
export type ChainKind<Entry extends ChainEntry, Why extends string> = {
  readonly name: ChainName;
  readonly parse: (line: Uint8Array) => Entry | undefined;
  /** What is wrong with an entry that follows from the one before it. */
  readonly faultOf: (entry: Entry) => LineFault<Why> | undefined;
  /** What is wrong with a chain whose entries all follow: above all, that it ends too early. */
  readonly faultOfAll: (entries: readonly Entry[]) => LineFault<Why> | undefined;
};

/** Reads a chain from its first line to its last, or to its first fault. */
export const checkChain = <Entry extends ChainEntry, Why extends string>(
  bytes: Buffer,
  caseId: string,
  kind: ChainKind<Entry, Why>,
): CheckedChain<Entry, Why | ChainFault> => {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const entries: Entry[] = [];
  const root = chainRoot(kind.name, caseId);
  const fault = readLines(splitLines(bytes.subarray(0, wholeBytes)), root, kind, entries);
  if (fault !== undefined) {
    const { line, why, what } = fault;
    return {
      verdict: { ok: false, line, why, message: `Line ${line} of the ${kind.name} ${what}.` },
      entries,
      wholeBytes,
    };
  }
  const hash = entries.at(-1)?.hash ?? root;
  const verdict = { ok: true, entries: entries.length, hash, unfinishedBytes: bytes.length - wholeBytes } as const;
  return { verdict, entries, wholeBytes };
};

/** What is wrong with a chain that has fewer entries than it was seen to have. */
export const truncated = (entries: number, recorded: number): LineFault<'truncated'> => ({
  line: entries + 1,
  why: 'truncated',
  what: `was the last of ${entries}, but the case has recorded ${recorded}`,
});

/** What is wrong with an entry that is another than the recorded one. */
export const replaced = (line: number): LineFault<'changed'> => ({
  line,
  why: 'changed',
  what: 'is not the one that the case has recorded',
});

/** The bytes of a chain; none where its file is missing, which the check tells from one that nothing was written to. */
export const readChain = (path: string): Buffer =>
  withFileErrors(path, () => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0)));

/** Cuts a last line off that a crash left unfinished. */
export const cutOff = (path: string, bytes: number): void =>
  withFileErrors(path, () => {
    const fd = openSync(path, 'r+');
    try {
      ftruncateSync(fd, bytes);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  });

/** Adds to `entries` up to the first fault, which is returned. */
const readLines = <Entry extends ChainEntry, Why extends string>(
  lines: readonly Buffer[],
  root: string,
  { parse, faultOf, faultOfAll }: ChainKind<Entry, Why>,
  entries: Entry[],
): LineFault<Why | ChainFault> | undefined => {
  let previous = root;
  for (const [i, bytes] of lines.entries()) {
    const line = i + 1;
    const entry = parse(bytes);
    if (entry === undefined) return { line, why: 'changed', what: 'is not as it was written' };
    if (entry.seq !== line) {
      const isMoved = entry.seq < line || lines.slice(i + 1).some((later) => later.includes(`"seq":${line},"hash":`));
      return isMoved
        ? { line, why: 'reordered', what: 'is out of order' }
        : { line, why: 'missing', what: 'is missing' };
    }
    if (entry.previous !== previous) return { line, why: 'changed', what: 'does not follow from the line before it' };
    const fault = faultOf(entry);
    if (fault !== undefined) return fault;
    entries.push(entry);
    previous = entry.hash;
  }
  return faultOfAll(entries);
};

const splitLines = (bytes: Buffer): readonly Buffer[] => {
  const lines: Buffer[] = [];
  for (let from = 0, to = 0; from < bytes.length; from = to + 1) {
    to = bytes.indexOf(0x0a, from);
    lines.push(bytes.subarray(from, to));
  }
  return lines;
};
