import type { TimeFormat, TimeKind } from './format.ts';
import { utc } from './format.ts';
import { isoCarriesZone } from './iso.ts';
import { parseTimestamp } from './parse.ts';

export type TimeSniff = {
  /** Undefined when no format reads at least half of the samples. */
  readonly format: TimeFormat | undefined;
  /** Share of the non-empty samples the format reads, 0 to 1. */
  readonly share: number;
  /** Whether the texts name their zone; numbers count from an instant and always do. */
  readonly zoned: 'all' | 'none' | 'mixed';
  /** Day and month cannot be told apart: no sample has a day above 12. */
  readonly ambiguous: boolean;
};

/** Formats in the order in which they win a tie. */
const TEXT_KINDS: readonly TimeKind[] = ['iso', 'clf', 'rfc2822', 'syslog', 'compact', 'us', 'eu'];
const NUMBER_KINDS: readonly TimeKind[] = ['epoch-s', 'epoch-ms', 'epoch-us', 'epoch-ns', 'day-step'];

/** Plausible counts: 1973 to 2128 for instants; day steps stay under 100,000, the year 2243. */
const NUMBER_RANGE: Readonly<Partial<Record<TimeKind, readonly [number, number]>>> = {
  'epoch-s': [1e8, 5e9],
  'epoch-ms': [1e11, 5e12],
  'epoch-us': [1e14, 5e15],
  'epoch-ns': [1e17, 5e18],
  'day-step': [-1e5, 1e5],
};

/** The format that reads most of the samples, with UTC as its zone. Small numbers read as day steps: a name must confirm it. */
export const sniffTimeFormat = (samples: readonly string[]): TimeSniff => {
  const texts = samples.map((text) => text.trim()).filter((text) => text !== '');
  let best: { readonly kind: TimeKind; readonly share: number } | undefined;
  for (const kind of [...TEXT_KINDS, ...NUMBER_KINDS]) {
    const read = texts.filter((text) => understands(kind, text)).length;
    const share = texts.length === 0 ? 0 : read / texts.length;
    if (share >= 0.5 && share > (best?.share ?? 0)) best = { kind, share };
  }
  if (best === undefined) return { format: undefined, share: 0, zoned: 'none', ambiguous: false };
  const { kind, share } = best;
  return { format: utc(kind), share, zoned: zonedOf(kind, texts), ambiguous: isAmbiguous(texts, kind) };
};

const understands = (kind: TimeKind, text: string): boolean => {
  const range = NUMBER_RANGE[kind];
  if (range !== undefined) {
    const value = Number(text);
    if (!(value >= range[0] && value <= range[1])) return false;
  } else if (kind === 'us') {
    // With points the day comes first by custom.
    if (/^\d+\./.test(text)) return false;
  } else if (kind === 'compact') {
    const year = Number(text.slice(0, 4));
    if (!(year >= 1900 && year <= 2100)) return false;
  }
  return !Number.isNaN(parseTimestamp(text, utc(kind)));
};

const zonedOf = (kind: TimeKind, texts: readonly string[]): TimeSniff['zoned'] => {
  if (NUMBER_KINDS.includes(kind)) return 'all';
  if (kind === 'syslog') return 'none';
  const zoned = texts.filter((text) => carriesZone(kind, text)).length;
  if (zoned === 0) return 'none';
  return zoned === texts.length ? 'all' : 'mixed';
};

const carriesZone = (kind: TimeKind, text: string): boolean => {
  if (kind === 'iso') return isoCarriesZone(text);
  if (kind === 'rfc2822') return /\d\s*(?:[+-]\d{4}|[A-Za-z]{1,5})\s*(?:\([^()]*\))?$/.test(text);
  if (kind === 'compact') return /\d[T ]?\d{4,6}.*(?:Z|UTC|[+-]\d\d(?::?\d\d)?)$/i.test(text);
  return /:\d\d.*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\]?$/.test(text);
};

/** With strokes and dashes only a day above 12 tells the two apart. */
const isAmbiguous = (texts: readonly string[], kind: TimeKind): boolean => {
  if (kind !== 'us' && kind !== 'eu') return false;
  return texts.every((text) => {
    const m = /^(\d{1,2})([/.-])(\d{1,2})\2/.exec(text);
    return m !== null && m[2] !== '.' && Number(m[1]) <= 12 && Number(m[3]) <= 12;
  });
};
