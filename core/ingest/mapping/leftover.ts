import { BUCKET_PREFIX, CATEGORY_PREFIX, MEASURE_PREFIX } from '../schema.ts';
import {
  CATEGORY_ENDS,
  endsInId,
  IDENTIFIER_PARTS,
  LABEL_NAMES,
  MEASURE_PARTS,
  nameKey,
  nameParts,
  QUASI_PARTS,
  SECRET_PARTS,
  SENSITIVE_PARTS,
  TEXT_PARTS,
} from './names.ts';
import { isTime } from './columns.ts';
import type { Profile } from './profile.ts';
import { mainKind } from './profile.ts';
import type { Leftover } from './schema.ts';

/** A category has at most this many values, and each occurs several times on average. */
const MAX_CATEGORIES = 50;
const MAX_CATEGORY_LENGTH = 40;
/** From this many digits on, integers that hardly repeat tell things apart rather than measure. */
const IDENTIFIER_DIGITS = 7;
/** Values enough to say that whole numbers do not repeat. */
const MANY = 50;

/** Above this share of different values an identifier tells events apart, and how often it repeats tells nothing. */
const REPEATS_BELOW = 0.9;

/**
 * What a field that no event column takes looks like, and what is done with it. Kept are only numbers that measure and categories
 * of few, short, harmless values; of identifiers that repeat, keyed buckets; whatever else may identify somebody is dropped.
 */
export const classifyLeftover = (field: string, profile: Profile): Leftover => {
  const leftover = classify(field, profile);
  if (leftover.kind !== 'identifier' || !canBeBuckets(field, profile)) return leftover;
  const column = columnName(BUCKET_PREFIX, nameKey(field));
  const reason = `${leftover.reason}: of each value only a keyed bucket is kept`;
  return { field, kind: 'identifier', policy: 'bucket', column, reason };
};

/** Not for secrets, nor for what may be free text, nor where there is nothing to count. */
const canBeBuckets = (field: string, profile: Profile): boolean =>
  profile.filled > 1 &&
  profile.distinct > 1 &&
  profile.distinctShare < REPEATS_BELOW &&
  profile.proseShare === 0 &&
  (profile.kinds.get('ssn') ?? 0) === 0 &&
  !nameParts(field).some((part) => SECRET_PARTS.has(part) || (TEXT_PARTS.has(part) && !IDENTIFIER_PARTS.has(part)));

const classify = (field: string, profile: Profile): Leftover => {
  const key = nameKey(field);
  const parts = nameParts(field);
  const has = (set: ReadonlySet<string>): boolean => parts.some((part) => set.has(part));
  const drop = (kind: Leftover['kind'], reason: string): Leftover => ({ field, kind, policy: 'drop', reason });

  if (LABEL_NAMES.has(key) || LABEL_NAMES.has(key.replaceAll('_', ''))) {
    return drop('label', 'it looks like a label, which must not become a feature');
  }
  if (profile.filled === 0) return drop('constant', 'it is empty in the sample');
  if (has(SENSITIVE_PARTS)) return drop('sensitive', 'its name is that of a sensitive attribute');
  const kind = mainKind(profile);
  if (kind !== undefined && kind !== 'path') return drop('identifier', `its values look like identifiers (${kind})`);
  if ([...profile.kinds].some(([value, share]) => share > 0 && value !== 'path' && value !== 'phone')) {
    return drop('identifier', 'some of its values look like identifiers');
  }
  const isNumber = profile.numberShare > 0.95;
  const isEpoch = profile.time.format?.kind.startsWith('epoch') === true;
  if (isTime(profile) && !(isEpoch && has(IDENTIFIER_PARTS))) return drop('time', 'it is another time');
  if (has(QUASI_PARTS)) return drop('quasi', 'its name is that of an attribute that narrows people down');
  if (isNumber) return numberLeftover(field, key, parts, profile, drop);
  const named = CATEGORY_ENDS.has(parts.at(-1) ?? '');
  if ((has(TEXT_PARTS) && !named) || profile.proseShare > 0.3 || profile.meanLength > 40) {
    return { field, kind: 'text', policy: 'features-only', column: 'text', reason: 'it looks like free text' };
  }
  if (has(IDENTIFIER_PARTS) || endsInId(key) || kind === 'path')
    return drop('identifier', 'its name is that of an identifier');
  return textLeftover(field, key, profile, drop);
};

type Drop = (kind: Leftover['kind'], reason: string) => Leftover;

const numberLeftover = (
  field: string,
  key: string,
  parts: readonly string[],
  profile: Profile,
  drop: Drop,
): Leftover => {
  const measures = parts.some((part) => MEASURE_PARTS.has(part)) || /^(?:is|has|was)_/.test(key);
  const identifies = parts.some((part) => IDENTIFIER_PARTS.has(part)) || endsInId(key);
  const [fewest, most] = profile.digits;
  if (identifies && !measures) return drop('identifier', 'its name is that of an identifier');
  const longInteger = profile.integerShare > 0.9 && fewest >= IDENTIFIER_DIGITS && profile.distinctShare > 0.8;
  const sameLength = fewest === most;
  if (longInteger && (!measures || (sameLength && most >= 9)))
    return drop('identifier', 'its numbers are long and hardly repeat');
  const counts = profile.integerShare > 0.9 && profile.distinctShare > 0.98 && profile.filled >= MANY;
  if (counts && !measures) return drop('identifier', 'its whole numbers do not repeat');
  if (profile.distinct === 1 && profile.filled > 1) return drop('constant', 'it has one value in the sample');
  return {
    field,
    kind: 'measure',
    policy: 'keep',
    column: columnName(MEASURE_PREFIX, key),
    reason: 'its values are numbers',
  };
};

const textLeftover = (field: string, key: string, profile: Profile, drop: Drop): Leftover => {
  if (profile.distinct === 1 && profile.filled > 1) return drop('constant', 'it has one value in the sample');
  const repeats = profile.distinct <= Math.max(2, profile.filled * (profile.filled < 20 ? 0.8 : 0.3));
  const harmless =
    profile.maxLength <= MAX_CATEGORY_LENGTH && profile.distinct <= MAX_CATEGORIES && profile.distinct < profile.filled;
  return repeats && harmless
    ? { field, kind: 'category', policy: 'keep', column: columnName(CATEGORY_PREFIX, key), reason: 'it has few values' }
    : drop('identifier', 'its values hardly repeat');
};

const columnName = (prefix: string, key: string): string => `${prefix}${key === '' ? 'field' : key}`;
