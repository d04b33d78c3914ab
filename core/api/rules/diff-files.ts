import type { Rule } from '../../rules/schema.ts';
import { overlapOf } from '../../rules/backtest/index.ts';
import { printRule } from '../../rules/text/print-rule.ts';
import { createReaders, type Case } from '../../store/index.ts';
import type { Watch } from '../progress.ts';
import { lineDiff, type DiffLine } from './line-diff.ts';
import { runAll } from './run-all.ts';
import { today } from './today.ts';

/** What becomes of a rule from one file to another. */
export type RuleFileChange = {
  readonly rule: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'same';
  /** Of its canonical text. */
  readonly lines: readonly DiffLine[];
  /** Actors of the case whom it hits newly, no more, and as before; null without a case. */
  readonly hits: { readonly gained: number; readonly lost: number; readonly kept: number } | null;
};

/** Compares two files of rules, rule by rule by their ids, and with a case whom they hit. Errors: `cancelled`. */
export const diffRules = async (
  before: readonly Rule[],
  after: readonly Rule[],
  from?: Pick<Case, 'connect'>,
  watch: Watch = {},
): Promise<readonly RuleFileChange[]> => {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  const pairs = ids.map((id) => ({
    id,
    old: before.find((rule) => rule.id === id),
    now: after.find((rule) => rule.id === id),
  }));
  const hit = from === undefined ? undefined : await hitActors(from, [...before, ...after], watch);
  const nobody: ReadonlySet<string> = new Set();
  return pairs.map(({ id, old, now }) => {
    const [a, b] = [old === undefined ? '' : printRule(old), now === undefined ? '' : printRule(now)];
    const kind = old === undefined ? 'added' : now === undefined ? 'removed' : a === b ? 'same' : 'changed';
    const lines = lineDiff(a, b);
    if (hit === undefined) return { rule: id, kind, lines, hits: null };
    const [was, is] = [(old && hit.get(old)) ?? nobody, (now && hit.get(now)) ?? nobody];
    const { shared } = overlapOf(was, is);
    return { rule: id, kind, lines, hits: { gained: is.size - shared, lost: was.size - shared, kept: shared } };
  });
};

const hitActors = async (
  from: Pick<Case, 'connect'>,
  rules: readonly Rule[],
  watch: Watch,
): Promise<ReadonlyMap<Rule, ReadonlySet<string>>> => {
  const readers = createReaders(from);
  try {
    const { hits } = await runAll({ readers, day: today() }, rules, watch);
    return new Map(rules.map((rule, i) => [rule, new Set(hits[i]?.byActor.keys())]));
  } finally {
    await readers.close();
  }
};
