import { createHash } from 'node:crypto';

import { z } from 'zod';

import { canonicalJson, type JsonObject } from './json.ts';

/** SHA-256 as hex. */
export const hashShape = z.string().regex(/^[0-9a-f]{64}$/);
export const headShape = z.strictObject({ entries: z.int().min(0), hash: hashShape });
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** What every line of a chain says. `hash` is SHA-256 over the line's own text without it, `previous` included. */
export const entryShape = z.strictObject({
  seq: z.int().min(1),
  /** UTC, ISO 8601. */
  at: z.iso.datetime(),
  event: z.string(),
  detail: jsonObject,
  previous: z.string(),
  hash: z.string(),
});

export type ChainEntry = Readonly<z.infer<typeof entryShape>>;

/** How long a chain is, and the hash of its last entry. */
export type ChainHead = Readonly<z.infer<typeof headShape>>;

/** The chains of a case, which are files of lines that are only ever added to. */
export type ChainName = 'journal' | 'ledger';

/** What the first entry names as its predecessor: a chain can neither be moved to another case nor stand for another. */
export const chainRoot = (name: ChainName, caseId: string): string => sha256(`nightjar-${name} ${caseId}`);

/** An entry as its line, newline included: JSON with its keys in order, the hash last. */
export const formatLine = <Body extends JsonObject>(body: Body): { line: string; entry: Body & { hash: string } } => {
  const text = canonicalJson(body);
  const hash = sha256(text);
  return { line: `${text.slice(0, -1)},"hash":"${hash}"}\n`, entry: { ...body, hash } };
};

/** A line (its bytes, without the newline) as an entry; undefined when any byte of it is not as it was written. */
export const parseLine = <Entry>(line: Uint8Array, shape: z.ZodType<Entry>): Entry | undefined => {
  const text = Buffer.from(line).toString('utf8');
  const tail = /,"hash":"([0-9a-f]{64})"\}$/.exec(text);
  if (tail === null) return undefined;
  const found = createHash('sha256')
    .update(line.subarray(0, line.length - tail[0].length))
    .update('}');
  if (found.digest('hex') !== tail[1]) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // a line that is not JSON is not an entry: the caller reports it as changed
  }
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
