import { parsedJson } from '../../text/index.ts';

export type JsonHead = {
  readonly kind: 'json-lines' | 'json-array';
  readonly records?: string;
  readonly samples: readonly unknown[];
};

const SAMPLE_RECORDS = 100;

/** The shape of a text that begins with a bracket, and its first records; undefined when it is no JSON. */
export const sniffJson = (text: string): JsonHead | undefined => {
  const start = text.search(/\S/);
  const first = start < 0 ? '' : text[start];
  if (first === '[') return arrayHead(text, start + 1);
  return first === '{' ? (linesHead(text) ?? documentHead(text)) : undefined;
};

const arrayHead = (text: string, from: number, records?: string): JsonHead | undefined => {
  const samples = objectsFrom(text, from);
  const empty = /^\s*\]/.test(text.slice(from, from + 100));
  if (samples.length === 0 && !empty) return undefined;
  return { kind: 'json-array', samples, ...(records === undefined ? {} : { records }) };
};

/** One object per line, not an envelope of records; where the first line is broken, most others are whole. */
const linesHead = (text: string): JsonHead | undefined => {
  const samples: unknown[] = [];
  let brokenBefore = 0;
  let broken = 0;
  for (const line of text.split(/\r?\n/, SAMPLE_RECORDS * 2)) {
    if (line.trim() === '' || samples.length >= SAMPLE_RECORDS) continue;
    const value = parsedJson(line);
    if (typeof value === 'object' && value !== null) samples.push(value);
    else {
      broken++;
      if (samples.length === 0) brokenBefore++;
    }
  }
  if (brokenBefore > 0 && samples.length <= broken) return undefined;
  if (samples.length === 1 && envelopeOf(text) !== undefined) return undefined;
  return samples.length === 0 ? undefined : { kind: 'json-lines', samples };
};

/** One object spread over lines, or holding the records in an array of its own. */
const documentHead = (text: string): JsonHead | undefined => {
  const envelope = envelopeOf(text);
  if (envelope !== undefined) return arrayHead(text, envelope.from, envelope.path);
  const samples = objectsFrom(text, 0);
  return samples.length === 0 ? undefined : { kind: 'json-lines', samples };
};

const envelopeOf = (text: string): { readonly path: string; readonly from: number } | undefined => {
  const m = /^\s*\{\s*(?:"[^"]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)\s*,\s*)*"([^"\\]+)"\s*:\s*\[(?=\s*\{)/.exec(text);
  return m === null ? undefined : { path: m[1] ?? '', from: m[0].length };
};

/** Whole objects one after another, separated by commas or blanks, from an offset on. */
const objectsFrom = (text: string, from: number): readonly unknown[] => {
  const objects: unknown[] = [];
  let depth = 0;
  let inString = false;
  let start = from;
  for (let i = from; i < text.length && objects.length < SAMPLE_RECORDS; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      if (depth === 0) start = i;
      depth++;
    } else if (char === '}' || char === ']') {
      if (--depth < 0) break;
      const value = depth === 0 ? parsedJson(text.slice(start, i + 1)) : undefined;
      if (value !== undefined) objects.push(value);
    }
  }
  return objects;
};
