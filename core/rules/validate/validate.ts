import type { Diagnostic, Vocabulary } from '../schema.ts';
import type { ParsedRules } from '../text/parse-rules.ts';
import type { RuleSpans, Span } from '../text/cursor.ts';
import { alwaysTrue } from './always-true.ts';
import { contradiction } from './contradiction.ts';
import { duplicateId } from './duplicate-id.ts';
import { emptyList } from './empty-list.ts';
import { excludesEverything } from './excludes-everything.ts';
import { exclusionOver } from './exclusion-over.ts';
import { expired } from './expired.ts';
import { featureWithoutActor } from './feature-without-actor.ts';
import { groupTwice } from './group-twice.ts';
import { looksLikeIdentifier } from './looks-like-identifier.ts';
import { neverTrue } from './never-true.ts';
import { redundancy } from './redundancy.ts';
import { singleMoment } from './single-moment.ts';
import { unitMismatch } from './unit-mismatch.ts';
import { unknownColumn } from './unknown-column.ts';
import { unknownFeature } from './unknown-feature.ts';
import type { Validator } from './validator.ts';
import { wholeThreshold } from './whole-threshold.ts';
import { windowTooShort } from './window-too-short.ts';
import { wrongType } from './wrong-type.ts';

export const VALIDATORS: readonly Validator[] = [
  duplicateId,
  unknownColumn,
  wrongType,
  groupTwice,
  unknownFeature,
  unitMismatch,
  featureWithoutActor,
  wholeThreshold,
  neverTrue,
  alwaysTrue,
  emptyList,
  contradiction,
  redundancy,
  windowTooShort,
  singleMoment,
  expired,
  exclusionOver,
  excludesEverything,
  looksLikeIdentifier,
];

/**
 * What is wrong with rules that could be read, beyond their grammar: without the diagnostics of `parsed`, in the order of
 * the text, at most `MOST_OF_A_KIND` errors and warnings. What the vocabulary does not know is not checked, nor are ends when `day` (`YYYY-MM-DD`) is not given.
 */
export const validateRules = (
  text: string,
  parsed: ParsedRules,
  vocabulary: Partial<Vocabulary>,
  day: string | null = null,
): readonly Diagnostic[] => {
  const { readable, spans } = parsed;
  const found: Record<Diagnostic['severity'], Diagnostic[]> = { error: [], warning: [] };
  for (const [place, rule] of readable.entries()) {
    const context = { vocabulary, day, before: readable.slice(0, place) };
    for (const { code, check } of VALIDATORS) {
      for (const { at, ...said } of check(rule, context)) {
        const kept = found[said.severity];
        if (kept.length < MOST_OF_A_KIND) kept.push({ code, ...said, ...spanOf(spans, place, at, text) });
      }
    }
    if (found.error.length === MOST_OF_A_KIND) break;
  }
  return [...found.error, ...found.warning].sort((x, y) => x.from - y.from);
};

/** So many errors, and so many warnings, are told of a file. */
const MOST_OF_A_KIND = 200;

/** Where a part stands; what the text leaves out stands where the part around it does. */
const spanOf = (spans: RuleSpans, place: number, at: string, text: string): Span => {
  for (let path = at; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const span = spans.get(`${place}.${path}`);
    if (span !== undefined) return span;
  }
  return spans.get(String(place)) ?? { from: 0, length: Math.min(1, text.length) };
};
