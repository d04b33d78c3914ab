import {
  compareRational,
  divideRational,
  formatRational,
  parseRational,
  rational,
  type Rational,
} from '../../math/rational.ts';
import { NightjarError } from '../errors.ts';
import type { NamedPublicKey, ReviewerKey } from './key-file.ts';
import { enterSigned, ledgerState, requireReviewer, type LedgerOf } from './ledger-acts.ts';

/** What all releases of a case together may cost, as decimals. */
export type LimitRequest = {
  readonly epsilon: string;
  /** Left out: 0. */
  readonly delta?: string | undefined;
  /** The part of `delta` that is kept for Gaussian noise. Left out: half of it. */
  readonly conversionDelta?: string | undefined;
};

/**
 * Enrols a reviewer's key: the first on its own word, which is trust on first use, every further one by a key that is
 * enrolled already. Does nothing for a key that is enrolled. Errors: `usage` where `by` is no reviewer's.
 */
export const enrolKey = (into: LedgerOf, { publicKey, fingerprint, name }: NamedPublicKey, by: ReviewerKey): void => {
  if (ledgerState(into).keys.has(fingerprint)) return;
  enterSigned(into, 'key.enrolled', by, (state) => {
    if (state.keys.size > 0 || by.fingerprint !== fingerprint) requireReviewer(state, by);
    return { publicKey, name };
  });
};

/**
 * Sets the limit of the case; enrols the key where it is the first. A later limit is an entry of its own: what is promised
 * of everything released is the largest limit there was. Errors: `usage` for numbers out of range or a key that is not
 * enrolled.
 */
export const setLimit = (into: LedgerOf, limit: LimitRequest, key: ReviewerKey): void => {
  const epsilon = readPositive('limit', limit.epsilon);
  const delta = readDelta('limit-delta', limit.delta ?? '0');
  const conversionDelta =
    limit.conversionDelta === undefined
      ? divideRational(delta, rational(2))
      : readDelta('conversion-delta', limit.conversionDelta);
  if (compareRational(conversionDelta, delta) > 0) throw outOfRange('conversion-delta', 'at most the limit’s delta');
  if (ledgerState(into).keys.size === 0) enrolKey(into, key, key);
  enterSigned(into, 'limit.set', key, (state) => {
    requireReviewer(state, key);
    return {
      epsilon: formatRational(epsilon),
      delta: formatRational(delta),
      conversionDelta: formatRational(conversionDelta),
    };
  });
};

/** Says whether who asks and who approves must be two persons. Errors: `usage` for a key that is not enrolled. */
export const setTwoPersons = (into: LedgerOf, twoPersons: boolean, key: ReviewerKey): void =>
  void enterSigned(into, 'rule.set', key, (state) => {
    requireReviewer(state, key);
    return { twoPersons };
  });

/** A decimal above 0. Throws `usage`. */
export const readPositive = (where: string, text: string): Rational => {
  const value = parseRational(text);
  if (compareRational(value, rational(0)) > 0) return value;
  throw outOfRange(where, 'above 0');
};

/** A decimal from 0 up and below 1. Throws `usage`. */
export const readDelta = (where: string, text: string): Rational => {
  const value = parseRational(text);
  const isRight = compareRational(value, rational(0)) >= 0 && compareRational(value, rational(1)) < 0;
  if (isRight) return value;
  throw outOfRange(where, 'from 0 up and below 1');
};

const outOfRange = (where: string, range: string): NightjarError =>
  new NightjarError('usage', 'A number is out of range.', { where, next: `Give a number ${range}.` });
