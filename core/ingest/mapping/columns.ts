import { IDENTIFIER_PARTS, nameKey, nameParts, NOT_OBJECTS, QUASI_PARTS, SYNONYMS } from './names.ts';
import type { Profile } from './profile.ts';
import { isNoWord, mainKind } from './profile.ts';

export type Fit = { readonly confidence: number; readonly reason: string };

/** How well a field serves as an event column, by its name and its values; undefined when it does not. */
export const fitOf = (column: string, field: string, profile: Profile): Fit | undefined => {
  if (column === 'object_id' && NOT_OBJECTS.has(nameKey(field))) return undefined;
  const name = nameFit(column, field);
  if (column === 'ts' && name === 0 && isNoEventTime(field, profile)) return undefined;
  const value = VALUE_FIT[column]?.(profile, name) ?? NEUTRAL;
  if (value.factor === 0) return undefined;
  const confidence = Math.min(1, Math.max(name, value.alone) * value.factor);
  if (confidence < 0.3) return undefined;
  const byName = name >= value.alone;
  const called = byName ? `its name is one of ${column}'s` : value.reason;
  const seen = byName && value.factor >= 1 && value.reason !== '' ? ` and ${value.reason}` : '';
  return { confidence, reason: `${called}${seen}` };
};

/** Phone and account numbers can read as epoch seconds, and a date of birth is no event's time. */
const isNoEventTime = (field: string, profile: Profile): boolean => {
  const isEpoch = profile.time.format?.kind.startsWith('epoch') === true;
  return nameParts(field).some((part) => QUASI_PARTS.has(part) || (isEpoch && IDENTIFIER_PARTS.has(part)));
};

/** 1 for the most usual name, falling to 0.65 for the least usual; 0.75 times that when a name only ends in one. */
const nameFit = (column: string, field: string): number => {
  const key = nameKey(field.slice(field.lastIndexOf('.') + 1));
  const whole = nameKey(field);
  const names = SYNONYMS[column] ?? [];
  const strength = (index: number): number => 1 - (0.35 * index) / Math.max(1, names.length - 1);
  const exact = names.findIndex((name) => name === whole || name === key || name.replaceAll('_', '') === whole);
  if (exact >= 0) return strength(exact);
  const part = names.findIndex(
    (name) => name.length > 3 && !WHOLE_ONLY.has(name) && (whole.endsWith(`_${name}`) || whole.startsWith(`${name}_`)),
  );
  return part < 0 || GROWS_NOT.has(column) ? 0 : 0.75 * strength(part);
};

/** Words that mean something of their own only when they stand alone: `first_name` is no thing, `birth_date` no event's time. */
const WHOLE_ONLY = new Set(
  'name email source from host client file date step type kind when epoch nick status login'.split(' '),
);

/** Columns whose names mean something else inside a longer one: `value_added`, `status_text`, `event_id_count`. */
const GROWS_NOT = new Set(['amount', 'outcome', 'action', 'event_id', 'object_type', 'asn']);

type ValueFit = {
  /** What the values alone are worth, 0 to 1. */
  readonly alone: number;
  /** Multiplies the confidence; 0 rules the field out. */
  readonly factor: number;
  readonly reason: string;
};

const NEUTRAL: ValueFit = { alone: 0, factor: 1, reason: '' };
const NO: ValueFit = { alone: 0, factor: 0, reason: '' };

const isNumber = (profile: Profile): boolean => profile.numberShare > 0.9;
const isProse = (profile: Profile): boolean => profile.proseShare > 0.5;
const isFraction = (profile: Profile): boolean => isNumber(profile) && profile.integerShare < 0.5;
const few = (profile: Profile): boolean =>
  profile.distinct <= 50 && (profile.filled < 10 || profile.distinctShare <= 0.5);
/** Texts of a time of day; small integers only read as times where a name says so. */
export const isTime = (profile: Profile): boolean =>
  profile.time.share >= 0.9 && profile.time.format !== undefined && profile.time.format.kind !== 'day-step';

const VALUE_FIT: Readonly<Record<string, (profile: Profile, name: number) => ValueFit>> = {
  ts: (profile, name) => {
    if (isTime(profile)) {
      const alone = profile.time.format?.kind.startsWith('epoch') === true ? 0.35 : 0.6;
      return { alone, factor: 1, reason: 'its values are times' };
    }
    const steps = profile.time.format?.kind === 'day-step' && profile.time.share >= 0.9;
    return steps && name > 0 ? { alone: 0, factor: 0.7, reason: 'its values count days' } : NO;
  },
  actor_id: (profile, name) => {
    if (isTime(profile) || isFraction(profile) || isProse(profile) || profile.distinct < 1) return NO;
    const kind = mainKind(profile);
    if (kind === 'url' || kind === 'agent' || kind === 'path') return NO;
    // An address tells who acts only where no account does.
    if (kind === 'ip') return { alone: 0.4, factor: name > 0 ? 0.6 : 1, reason: 'it is the address that acts' };
    return { alone: kind === 'email' ? 0.6 : 0, factor: 1, reason: 'its values tell accounts apart' };
  },
  action: (profile) => {
    if (isTime(profile) || isNumber(profile) || isProse(profile) || isNoWord(profile)) return NO;
    return few(profile) && profile.maxLength <= 60 ? { alone: 0, factor: 1, reason: 'it has few values' } : NO;
  },
  object_id: (profile) => {
    if (isTime(profile) || isFraction(profile) || isProse(profile)) return NO;
    const kind = mainKind(profile);
    const alone = kind === 'url' || kind === 'path' ? 0.5 : 0;
    return { alone, factor: 1, reason: alone > 0 ? 'its values are addresses of things' : '' };
  },
  object_type: (profile) => (isNumber(profile) || !few(profile) || isNoWord(profile) ? NO : NEUTRAL),
  ip: (profile, name) => {
    const kind = mainKind(profile);
    if (kind === 'ip') return { alone: 0.8, factor: 1, reason: 'its values are IP addresses' };
    // Addresses replaced by tokens still are addresses when the name says so.
    return name > 0 && (kind === 'hex' || kind === 'uuid')
      ? { alone: 0, factor: 0.8, reason: 'its values are tokens' }
      : NO;
  },
  device_id: (profile) => {
    if (isTime(profile) || isFraction(profile) || isProse(profile) || mainKind(profile) === 'ip') return NO;
    return { alone: mainKind(profile) === 'mac' ? 0.6 : 0, factor: 1, reason: '' };
  },
  session_id: (profile) => (isTime(profile) || isFraction(profile) || isProse(profile) ? NO : NEUTRAL),
  user_agent: (profile, name) => {
    if (mainKind(profile) === 'agent') return { alone: 0.85, factor: 1, reason: 'its values are user agents' };
    return name > 0 && !isNumber(profile) ? NEUTRAL : NO;
  },
  country: (profile) => {
    if (isNumber(profile) || profile.maxLength > 60 || isNoWord(profile)) return NO;
    return { alone: 0, factor: 1, reason: profile.maxLength === 2 ? 'its values are two letters' : '' };
  },
  asn: (profile) => (isFraction(profile) || isTime(profile) ? NO : NEUTRAL),
  outcome: (profile) => {
    if (isTime(profile) || isFraction(profile) || !few(profile) || profile.maxLength > 30 || isProse(profile))
      return NO;
    return { alone: 0, factor: isNoWord(profile) ? 0 : 1, reason: 'it has few values' };
  },
  amount: (profile) => {
    const kind = mainKind(profile);
    return isNumber(profile) && kind !== 'card' && kind !== 'phone'
      ? { alone: 0, factor: 1, reason: 'its values are numbers' }
      : NO;
  },
  event_id: (profile) =>
    profile.distinctShare > 0.95 && !isTime(profile) && !isFraction(profile) && !isProse(profile)
      ? { alone: 0, factor: 1, reason: 'no value occurs twice' }
      : NO,
};
