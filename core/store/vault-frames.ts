import { NightjarError } from '../api/errors.ts';
import { deriveKey, seal, unseal } from './sealing.ts';
import type { VaultFile } from './vault-file.ts';

/** Which raw value a pseudonym stands for, and in which column it stood. */
export type VaultEntry = { readonly pseudonym: string; readonly column: string; readonly value: string };

/** Entries of a vault, written and read through its data key. */
export type VaultFrames = {
  append(entries: Iterable<VaultEntry>): void;
  /** Seals what is buffered and makes it durable; returns the length of the file. */
  flush(): number;
  /** Forgets what is buffered and cuts the file. */
  truncate(bytes: number): void;
  /** Every different entry of each pseudonym, in one pass. */
  find(pseudonyms: readonly string[]): ReadonlyMap<string, readonly VaultEntry[]>;
  close(): void;
};

const FRAME_BYTES = 2 ** 20;

/** Frames are bound to their case and their place: moved, swapped or foreign ones do not open. */
export const openFrames = (file: VaultFile, vaultKey: Uint8Array, caseId: string): VaultFrames => {
  const key = deriveKey(vaultKey, caseId, 'nightjar vault 1 frames');
  const context = (index: number): string => `nightjar vault 1 frame ${index} of ${caseId}`;
  let lines: string[] = [];
  let characters = 0;

  const sealBuffered = (): void => {
    if (lines.length === 0) return;
    file.appendFrame(seal(key, Buffer.from(lines.join('')), context(file.frameCount())));
    lines = [];
    characters = 0;
  };
  return {
    append: (entries) => {
      for (const { pseudonym, column, value } of entries) {
        const line = `${JSON.stringify([pseudonym, column, value])}\n`;
        lines.push(line);
        characters += line.length;
        if (characters >= FRAME_BYTES) sealBuffered();
      }
    },
    flush: () => {
      sealBuffered();
      file.sync();
      return file.length();
    },
    truncate: (bytes) => {
      lines = [];
      characters = 0;
      file.truncate(bytes);
    },
    find: (pseudonyms) => {
      sealBuffered();
      const found = new Map(pseudonyms.map((pseudonym) => [pseudonym, new Set<string>()]));
      for (let i = 0; i < file.frameCount(); i++) {
        const text = unseal(key, file.readFrame(i), context(i));
        if (text === undefined) throw changedFrame(i);
        for (const [pseudonym, entries] of found) collectLines(text, prefixOf(pseudonym), entries);
        text.fill(0);
      }
      return new Map([...found].map(([pseudonym, entries]) => [pseudonym, [...entries].map(parseLine)]));
    },
    close: () => {
      lines = [];
      key.fill(0);
    },
  };
};

const prefixOf = (pseudonym: string): string => `${JSON.stringify([pseudonym]).slice(0, -1)},`;

const collectLines = (text: Buffer, prefix: string, into: Set<string>): void => {
  for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + prefix.length)) {
    // Inside a line a JSON text holds no newline, so a match after one is the start of an entry.
    if (at === 0 || text[at - 1] === 0x0a) into.add(text.toString('utf8', at, text.indexOf(0x0a, at)));
  }
};

const parseLine = (line: string): VaultEntry => {
  const parts: unknown = JSON.parse(line);
  const [pseudonym, column, value] = Array.isArray(parts) ? parts.map(String) : [];
  return { pseudonym: pseudonym ?? '', column: column ?? '', value: value ?? '' };
};

const changedFrame = (index: number): NightjarError =>
  new NightjarError('vault', `Part ${index + 1} of the vault does not open: it was changed or moved.`, {
    where: 'vault.sealed',
    next: 'Put vault.sealed back from a backup of the case.',
  });
