import { NightjarError } from '../../api/errors.ts';
import type { Random } from '../../random/index.ts';
import { DEFAULT_K } from '../leak/evidence.ts';
import { countBoth, countOf, either, emptySet, rowsOf, setOf, type Bitset } from './bitset.ts';
import type { Conjunction } from './codes.ts';
import { describeFew } from './describe-few.ts';
import { exactHits } from './exact-hits.ts';
import { leafRules } from './leaf-rules.ts';
import { learnList, type Learning } from './learn-list.ts';
import { prepare, type Prepared } from './prepare.ts';
import { scoresOf } from './scores.ts';
import { partActors, type Parts } from './split.ts';
import { stabilityOf } from './stability.ts';
import type { Learned } from './table.ts';
import { toRule } from './to-rule.ts';
import type { InducedRule, InducedRules, InduceInput, InduceNote } from './types.ts';

/** With fewer positives none is held out, and a rule that describes them is not learned but made of what they share. */
export const FEW = 10;

/** Positives and actors that each further rule has to add. */
const MIN_ADDED = 3;

/**
 * Rules that tell the positives from all others, how they do on the actors they were learned from and on those held out, and
 * how stable they are. The same input and seed give the same rules. What is maximised is F_β on the training part, less
 * what conditions cost; a choice on an inner validation part was measured on many tables and found fewer. Every rule hits at
 * least `k` actors; its thresholds are rounded, with at least `k` actors on either side. Errors: `input` for labels of one
 * kind only, or a table without features; `usage` for a split by time without times.
 */
export const induceRules = (input: InduceInput, random: Random): InducedRules => {
  const { labels, features, purpose } = input;
  requireBoth(input);
  const positive = setOf(labels.length, (row) => labels[row] === 1);
  const isFew = countOf(positive) < FEW;
  const everybody = setOf(labels.length, (row) => labels[row] !== -1);
  const parts: Parts = isFew
    ? { training: everybody, holdOut: emptySet(labels.length) }
    : partActors(input, random.fork('split'));
  const prepared = prepare(input, parts.training, random.fork('cuts'));
  const notes: InduceNote[] = isFew ? [note('few-positives')] : [];
  const k = input.k ?? DEFAULT_K;
  const mostConditions = input.mostConditions ?? 4;
  const learning: Learning = {
    mostConditions,
    mostRules: purpose === 'one' ? 1 : (input.mostRules ?? 5),
    k,
    beamWidth: input.beamWidth ?? 5,
    beta: input.beta ?? 0.8,
    minPositives: Math.min(MIN_ADDED, countBoth(positive, parts.training)),
    minRows: MIN_ADDED,
  };
  const learn = (training: Bitset, own: Random): readonly Learned[] => {
    const { trees = 0 } = input;
    const options = { trees, depth: mostConditions, k, minPositives: learning.minPositives };
    const more = trees === 0 ? [] : leafRules(prepared.table, training, positive, options, own.fork('trees'));
    return learnList(prepared.table, training, positive, learning, more);
  };

  const described =
    isFew && purpose === 'one' ? describeFew(prepared.table, rowsOf(positive), mostConditions, k) : undefined;
  if (described?.isLoosened === true) notes.push(note('loosened'));
  const learned =
    described !== undefined
      ? [described]
      : isFew && purpose === 'one'
        ? []
        : learn(parts.training, random.fork('learn'));
  if (learned.length === 0) notes.push(note(isFew ? 'no-support' : 'no-rule'));
  if (!isFew && countBoth(parts.holdOut, positive) === 0) notes.push(note('no-hold-out'));

  const rules = measured(learned, input, prepared, parts, positive, k, notes);
  const hit = rules.reduce((union, { hits }) => either(union, hits), emptySet(labels.length));
  const holdOut = countOf(parts.holdOut) === 0 ? null : scoresOf(hit, parts.holdOut, positive);
  const resamples = input.resamples ?? 20;
  const again = (training: Bitset): { rules: readonly Conjunction[]; hits: Bitset } => {
    const list = learn(training, random.fork('again'));
    return {
      rules: list.map(({ rule }) => rule),
      hits: list.reduce((union, { hits }) => either(union, hits), emptySet(features.actors.length)),
    };
  };
  return {
    rules: rules.map(({ induced }) => induced),
    list: { training: scoresOf(hit, parts.training, positive), holdOut },
    stability:
      isFew || resamples === 0 || learned.length === 0
        ? null
        : stabilityOf(
            learned.map(({ rule }) => rule),
            parts.training,
            resamples,
            again,
            random.fork('stability'),
          ),
    notes,
  };
};

type MeasuredRule = { readonly induced: InducedRule; readonly hits: Bitset };

/** The rules in the one form, with what the engine says they hit; those that then hit fewer than `k` actors are left out. */
const measured = (
  learned: readonly Learned[],
  input: InduceInput,
  { table, meanings }: Prepared,
  parts: Parts,
  positive: Bitset,
  k: number,
  notes: InduceNote[],
): readonly MeasuredRule[] => {
  const naming = { intent: input.intent ?? '', author: input.author ?? '' };
  const all = learned.map(({ rule, hits }, i) => ({ rule: toRule(rule, i + 1, table.codes, meanings, naming), hits }));
  const ofEvents = all.map(({ rule }) => rule).filter((rule) => rule.over === 'events');
  const exact = new Map(
    exactHits(ofEvents, input.events ?? [], input.features).map((hits, i) => [ofEvents[i]?.id, hits]),
  );
  const supported = all
    .map(({ rule, hits }) => ({ rule, hits: exact.get(rule.id) ?? hits }))
    .filter(({ hits }) => countOf(hits) >= k);
  if (supported.length < all.length) notes.push(note('no-support'));
  return supported.map(({ rule, hits }) => ({
    hits,
    induced: {
      rule,
      training: scoresOf(hits, parts.training, positive),
      holdOut: countOf(parts.holdOut) === 0 ? null : scoresOf(hits, parts.holdOut, positive),
      actors: countOf(hits),
    },
  }));
};

const NOTES: Readonly<Record<InduceNote['code'], string>> = {
  'few-positives': 'There are too few actors to learn from to hold any out: how the rules do on others is not known.',
  'no-hold-out': 'None of the actors that are looked for is among those held out: recall there is not known.',
  'no-rule': 'No rule tells these actors from the others.',
  'no-support': 'A rule that tells these actors apart would hit too few actors to be let out.',
  loosened: 'The thresholds were moved outward until enough actors met them.',
};

const note = (code: InduceNote['code']): InduceNote => ({ code, message: NOTES[code] });

const requireBoth = ({ labels, features }: InduceInput): void => {
  if (labels.length !== features.actors.length) {
    throw new NightjarError('internal', 'Rules need one label per actor.');
  }
  for (const [wanted, what] of [
    [1, 'that is looked for'],
    [0, 'to tell it from'],
  ] as const) {
    if (labels.includes(wanted)) continue;
    throw new NightjarError('input', `There is no actor ${what}: rules cannot be learned.`, {
      next: 'Give labels of both kinds, or choose a group that leaves others.',
    });
  }
};
