import { both, countOf, jaccard, type Bitset } from './bitset.ts';
import { hitsOf, type Codes, type Conjunction, type Literal } from './codes.ts';
import type { Table } from './table.ts';

/** Shares of the actors: who is among fewer is unusual; a threshold that more meet says nothing. */
const UNUSUAL = 0.25;
const TELLING = 0.5;
/** Conditions that hit so much the same actors say one thing twice (Jaccard). */
const ALIKE = 0.6;

export type Described = { readonly rule: Conjunction; readonly hits: Bitset; readonly isLoosened: boolean };

/**
 * One rule that all of a few actors meet, made of what is most unusual of them: for each feature the tightest threshold
 * that all of them meet, and of these the few that the fewest others meet and that do not say the same. As long as fewer than
 * `k` actors meet them together, the tightest is moved outward by one step, or left out where it would say nothing any more.
 * Undefined where nothing is unusual of them that `k` actors share.
 */
export const describeFew = (
  table: Table,
  members: Uint32Array,
  mostConditions: number,
  k: number,
): Described | undefined => {
  const { codes } = table;
  const tight = table.usable
    .flatMap((_, column) => tightest(table, members, column))
    .map((literal) => ({ literal, hits: hitsOf(codes, [literal]) }))
    .map((each) => ({ ...each, count: countOf(each.hits) }))
    .filter(({ count }) => count <= UNUSUAL * codes.rows)
    .sort((a, b) => a.count - b.count || a.literal.column - b.literal.column);
  const chosen: (typeof tight)[number][] = [];
  for (const each of tight) {
    if (chosen.length === mostConditions) break;
    const isOfAnotherWindow = chosen.some(({ literal }) => {
      const [a, b] = [table.windows[literal.column] ?? 0, table.windows[each.literal.column] ?? 0];
      return a !== 0 && b !== 0 && a !== b;
    });
    if (!isOfAnotherWindow && chosen.every(({ hits }) => jaccard(hits, each.hits) < ALIKE)) chosen.push(each);
  }
  let rule = chosen;
  let isLoosened = false;
  while (rule.length > 0) {
    const hits = rule.map((each) => each.hits).reduce(both);
    if (countOf(hits) >= k)
      return {
        rule: needed(
          codes,
          rule.map(({ literal }) => literal),
        ),
        hits,
        isLoosened,
      };
    isLoosened = true;
    const strictest = rule.reduce((a, b) => (b.count < a.count ? b : a));
    const looser = outward(table, strictest.literal);
    const moved = looser === undefined ? undefined : { literal: looser, hits: hitsOf(codes, [looser]), count: 0 };
    const count = moved === undefined ? codes.rows : countOf(moved.hits);
    rule = rule.flatMap((each) => {
      if (each !== strictest) return [each];
      return moved === undefined || count > TELLING * codes.rows ? [] : [{ ...moved, count }];
    });
  }
  return undefined;
};

/** The tightest usable thresholds of a column that all members meet, in the directions that are suspicious. */
const tightest = (table: Table, members: Uint32Array, column: number): readonly Literal[] => {
  const { codes, usable, worse, windows } = table;
  const own = Array.from(members, (row) => codes.codes[column * codes.rows + row] ?? 0);
  const cuts = codes.cuts[column]?.length ?? 0;
  const [low, high] = [Math.min(...own), Math.max(...own)];
  if (high > cuts) return []; // one of them has no value
  const isUsable = (cut: number): boolean => usable[column]?.[cut] === 1;
  const literals: Literal[] = [];
  if (worse[column] !== 'low') {
    for (let cut = low - 1; cut >= 0; cut--) {
      if (!isUsable(cut)) continue;
      literals.push({ column, cut, isHigh: true });
      break;
    }
  }
  if (worse[column] !== 'high' && windows[column] === 0) {
    for (let cut = high; cut < cuts; cut++) {
      if (!isUsable(cut)) continue;
      literals.push({ column, cut, isHigh: false });
      break;
    }
  }
  return literals;
};

/** The next looser usable threshold. */
const outward = ({ codes, usable }: Table, { column, cut, isHigh }: Literal): Literal | undefined => {
  const step = isHigh ? -1 : 1;
  for (let next = cut + step; next >= 0 && next < (codes.cuts[column]?.length ?? 0); next += step) {
    if (usable[column]?.[next] === 1) return { column, cut: next, isHigh };
  }
  return undefined;
};

/** Without the conditions that nobody fails who meets the others. */
const needed = (codes: Codes, rule: Conjunction): Conjunction => {
  const hit = countOf(hitsOf(codes, rule));
  let kept = rule;
  for (const literal of rule) {
    const shorter = kept.filter((other) => other !== literal);
    if (shorter.length > 0 && countOf(hitsOf(codes, shorter)) === hit) kept = shorter;
  }
  return kept;
};
