import { createHash } from 'node:crypto';

import { z } from 'zod';

import { canonicalJson, type JsonObject } from './json.ts';

/** One line of the journal. `hash` is SHA-256 over the line's own text without it, `previous` included. */
export type JournalEntry = {
  readonly seq: number;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly event: string;
  readonly detail: JsonObject;
  readonly previous: string;
  readonly hash: string;
};

const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());
const entryShape = z.strictObject({
  seq: z.int().min(1),
  at: z.iso.datetime(),
  event: z.string(),
  detail: jsonObject,
  previous: z.string(),
  hash: z.string(),
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the first entry names as its predecessor: a journal cannot be moved to another case. */
export const journalRoot = (caseId: string): string => sha256(`nightjar-journal ${caseId}`);

/** An entry as its line, newline included. */
export const formatEntry = (entry: Omit<JournalEntry, 'hash'>): { line: string; entry: JournalEntry } => {
  const { seq, at, event, detail, previous } = entry;
  const body = canonicalJson({ seq, at, event, detail, previous });
  const hash = sha256(body);
  return { line: `${body.slice(0, -1)},"hash":"${hash}"}\n`, entry: { ...entry, hash } };
};

/** A line (its bytes, without the newline) as an entry; undefined when any byte of it is not as it was written. */
export const parseEntry = (line: Uint8Array): JournalEntry | undefined => {
  const text = Buffer.from(line).toString('utf8');
  const tail = /,"hash":"([0-9a-f]{64})"\}$/.exec(text);
  if (tail === null) return undefined;
  const hash = createHash('sha256')
    .update(line.subarray(0, line.length - tail[0].length))
    .update('}');
  if (hash.digest('hex') !== tail[1]) return undefined;
  try {
    return entryShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // a line that is not JSON is not an entry: the caller reports it as changed
  }
};
