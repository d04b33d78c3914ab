import { isIP } from 'node:net';
import type { TimeSniff } from '../time/sniff.ts';
import { sniffTimeFormat } from '../time/sniff.ts';

/** What a value looks like, beyond being a number or a text. */
export type ValueKind =
  | 'email'
  | 'ip'
  | 'uuid'
  | 'hex'
  | 'url'
  | 'agent'
  | 'mac'
  | 'iban'
  | 'card'
  | 'phone'
  | 'ssn'
  | 'path';

/** What the sampled values of one field are like. Shares are of the non-empty values, 0 to 1. */
export type Profile = {
  readonly filled: number;
  readonly distinct: number;
  readonly distinctShare: number;
  readonly numberShare: number;
  readonly integerShare: number;
  /** Fewest and most digits of the integers. */
  readonly digits: readonly [fewest: number, most: number];
  readonly meanLength: number;
  readonly maxLength: number;
  /** Share of values of at least three words. */
  readonly proseShare: number;
  readonly kinds: ReadonlyMap<ValueKind, number>;
  readonly time: TimeSniff;
};

/** Profile of a field from its sampled values; empty ones and usual marks of a missing value are left out. */
export const profileOf = (samples: readonly string[]): Profile => {
  const values = samples.map((value) => value.slice(0, MAX_LENGTH).trim()).filter((value) => !MISSING.test(value));
  const share = (holds: (value: string) => boolean): number =>
    values.length === 0 ? 0 : values.filter(holds).length / values.length;
  const integers = values.filter((value) => INTEGER.test(value)).map((value) => value.replace(/^[+-]/, '').length);
  const kinds = new Map(KINDS.map(([kind, test]) => [kind, share(test)] as const));
  const distinct = new Set(values).size;
  return {
    filled: values.length,
    distinct,
    distinctShare: values.length === 0 ? 0 : distinct / values.length,
    numberShare: share((value) => NUMBER.test(value)),
    integerShare: share((value) => INTEGER.test(value)),
    digits: [Math.min(...integers, Number.POSITIVE_INFINITY), Math.max(...integers, 0)],
    meanLength: values.length === 0 ? 0 : values.reduce((sum, value) => sum + value.length, 0) / values.length,
    maxLength: values.reduce((most, value) => Math.max(most, value.length), 0),
    proseShare: share((value) => value.split(/\s+/).length >= 3),
    kinds,
    time: sniffTimeFormat(values),
  };
};

/** The kind most values have (at least half of them), if any. */
export const mainKind = (profile: Profile): ValueKind | undefined => {
  let best: ValueKind | undefined;
  for (const [kind, share] of profile.kinds) {
    if (share >= 0.5 && share > (best === undefined ? 0 : (profile.kinds.get(best) ?? 0))) best = kind;
  }
  return best;
};

/** Kinds of values that tell somebody or something apart. */
const IDENTIFIERS: readonly ValueKind[] = ['email', 'ip', 'uuid', 'hex', 'mac', 'iban', 'card', 'phone', 'ssn'];

/** Whether most values are of one kind, or tell somebody or something apart, each in its own way: no word for what happened. */
export const isNoWord = (profile: Profile): boolean =>
  mainKind(profile) !== undefined ||
  IDENTIFIERS.reduce((sum, kind) => sum + (profile.kinds.get(kind) ?? 0), 0) >= LEAST_IDENTIFIERS;

/** Share of the values. */
const LEAST_IDENTIFIERS = 0.5;

/** Characters of a value that are looked at. */
const MAX_LENGTH = 1000;

const MISSING = /^(?:|-|null|nil|none|n\/?a|nan|\\N|\?)$/i;
const NUMBER = /^[+-]?(?:\d+(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INTEGER = /^[+-]?\d+(?:\.0)?$/;

/** Luhn check (ISO/IEC 7812-1) of a card number's digits. */
const luhn = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

const bareIp = (value: string): string =>
  /^\[(.+)\]$/.exec(value)?.[1] ?? value.replace(/^(\d+(?:\.\d+){3})[:/]\d+$/, '$1');

const KINDS: readonly (readonly [kind: ValueKind, test: (value: string) => boolean])[] = [
  ['email', (value) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]{2,}$/.test(value) || /<[^\s@]+@[^\s@]+>$/.test(value)],
  ['ip', (value) => isIP(bareIp(value)) !== 0],
  ['uuid', (value) => /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(value)],
  ['hex', (value) => /^(?:0x)?(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}$/i.test(value)],
  ['url', (value) => /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value) || /^www\.\S+\.\S+$/i.test(value)],
  [
    'agent',
    (value) =>
      /^(?:Mozilla|Opera|curl|Wget|python-requests|Go-http-client|okhttp|Dalvik|Boto3?|aws-[\w-]+)\/\S/i.test(value),
  ],
  ['mac', (value) => /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i.test(value)],
  ['iban', (value) => /^[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}$/.test(value)],
  ['card', (value) => /^\d(?:[ -]?\d){12,18}$/.test(value) && luhn(value.replace(/\D/g, ''))],
  ['ssn', (value) => /^\d{3}-\d{2}-\d{4}$/.test(value)],
  [
    'phone',
    (value) => /^(?:\+|00)\d[\d ()./-]{6,18}\d$/.test(value) || /^\(?\d{3,4}\)?[ .-]\d{3,4}[ .-]\d{3,4}$/.test(value),
  ],
  ['path', (value) => /^(?:\/[\w.%~+@-]+)+\/?$|^[A-Za-z]:\\|^\\\\/.test(value)],
];
