import type { runOverCase } from '../../core/api/rules-run/index.ts';
import { plain } from './terminal.ts';

type CaseRun = Awaited<ReturnType<typeof runOverCase>>;
type Hit = CaseRun['hits'][number];
type Counts = CaseRun['counts'];
type Rule = Parameters<typeof runOverCase>[1][number];

/** A hit as other programs take it: the group by its columns, the moment in ISO 8601. */
export const hitJson = ({ rule, group, at }: Hit, of: Rule | undefined): Readonly<Record<string, unknown>> => {
  const columns = of?.over === 'events' ? of.groupBy : ['actor_id'];
  return {
    rule,
    at: at === null ? null : momentText(at),
    group: Object.fromEntries(group.map((value, i) => [columns[i] ?? String(i), value])),
    ...(of === undefined ? {} : { severity: of.severity, effect: of.effect }),
  };
};

/** A hit as a line: moment, rule and group, with tabs between. */
export const hitLine = ({ rule, group, at }: Hit): string =>
  [at === null ? '-' : momentText(at), rule, ...group.map(plain)].join('\t');

/** Microseconds since 1970 as ISO 8601, with as many digits of the second as it needs. */
export const momentText = (micros: number): string => {
  const seconds = Math.floor(micros / 1e6);
  const fraction = String(micros - seconds * 1e6).padStart(6, '0');
  const whole = new Date(seconds * 1000).toISOString().slice(0, -5);
  return `${whole}${fraction === '000000' ? '' : `.${fraction.replace(/0+$/u, '')}`}Z`;
};

/** How many different groups (actors, mostly) each rule hit. */
export const groupsHit = (hits: readonly Hit[]): ReadonlyMap<string, number> => {
  const groups = new Map<string, Set<string>>();
  for (const { rule, group } of hits) {
    const own = groups.get(rule) ?? new Set();
    own.add(JSON.stringify(group));
    groups.set(rule, own);
  }
  return new Map([...groups].map(([rule, own]) => [rule, own.size]));
};

/** By rule the hits that were not told, where some could have been. */
export const suppressedJson = (suppressed: ReadonlyMap<string, number> | undefined): object =>
  suppressed === undefined ? {} : { suppressed: Object.fromEntries(suppressed) };

/** What else is known of the hits of each rule. */
export type HitSums = {
  /** Of how many groups they are, where all are at hand. */
  readonly groups?: ReadonlyMap<string, number>;
  /** How many were not told. */
  readonly suppressed?: ReadonlyMap<string, number> | undefined;
};

/** What became of the events, and what each rule found, as sentences. */
export const countLines = (counts: Counts, { groups, suppressed }: HitSums = {}): string[] => {
  const { events, looked, untimed, ahead, late, hurried, hits, rules, notRun } = counts;
  const left = [
    [untimed, 'without a time'],
    [ahead, 'ahead of the clock'],
    [late, 'too late'],
  ] as const;
  const lost = left.filter(([count]) => count > 0).map(([count, why]) => `, ${count} ${why}`);
  return [
    `${events} events: ${looked} looked at${lost.join('')}; ${hits} hits.`,
    ...(hurried === 0
      ? []
      : [`${hurried} events were looked at before their lateness had passed: too many waited at once.`]),
    ...rules.map(({ rule, seen, hits: own, unseen }) => {
      const refused =
        unseen.refused === 0
          ? ''
          : `; ${unseen.refused} events were refused, because too much had to be remembered: hits may be missing or wrong`;
      const of = groups === undefined || own === 0 ? '' : ` of ${groups.get(rule) ?? 0} different groups`;
      const untold = suppressed?.get(rule) ?? 0;
      const not = untold === 0 ? '' : ` (${untold} not told)`;
      return `  ${rule}: ${own} hits${of}${not}, ${seen} events seen${refused}`;
    }),
    ...(notRun.length === 0 ? [] : [`Rules over actors: ${notRun.join(', ')}.`]),
  ];
};
