import {
  binOf,
  generaliseText,
  keptBy,
  type ActorColumn,
  type QuasiColumn,
  type Rule,
} from '../../anonymize/risk/index.ts';
import type { EventChanges } from '../../store/index.ts';
import type { FeatureTable } from '../../table/index.ts';

/** What a choice of levels does to the events and to the table of features that is made of them. */
export type Changes = {
  readonly events: EventChanges;
  readonly features: (table: FeatureTable) => FeatureTable;
  /** Changed columns that neither of the two holds. */
  readonly unseen: readonly string[];
};

/** A generalisation as changes of events and features. Suppressed actors lose every quasi-identifier. */
export const changesOf = (
  specs: readonly ActorColumn[],
  columns: readonly QuasiColumn[],
  levels: readonly number[],
  suppressed: readonly string[],
): Changes => {
  const texts: { column: string; to: (text: string) => string | null }[] = [];
  const numbers: { column: string; edges: readonly number[] }[] = [];
  const features: { column: string; rule: Rule }[] = [];
  const unseen: string[] = [];
  let hours: number | undefined;
  let days: EventChanges['time']['days'];
  specs.forEach((spec, c) => {
    const rule = columns[c]?.hierarchy.rules[levels[c] ?? 0] ?? { kind: 'as-is' };
    const feature = featureOf(spec);
    if (feature !== undefined) features.push({ column: feature, rule });
    if (rule.kind === 'as-is') return;
    if (spec.kind === 'hour') hours = rule.kind === 'bins' ? stepOf(rule.edges, 24) : 24;
    else if (spec.kind === 'first_day' || spec.kind === 'last_day') days = coarser(days, daysOf(rule));
    else if (spec.kind === 'mode' || spec.kind === 'set') {
      const keep = keptBy(rule);
      const to = (text: string): string | null => (rule.kind === 'all' ? null : generaliseText(rule, keep, text));
      texts.push({ column: spec.column, to });
    } else if (spec.kind === 'median')
      numbers.push({ column: spec.column, edges: rule.kind === 'bins' ? rule.edges : [] });
    else if (spec.kind === 'count' && rule.kind === 'all') texts.push({ column: spec.column, to: () => null });
    else if (spec.kind === 'sum' && rule.kind === 'all') numbers.push({ column: spec.column, edges: [] });
    else if (feature === undefined) unseen.push(spec.name);
  });
  const lost = new Set(suppressed);
  return {
    events: {
      texts,
      numbers,
      time: { ...(hours === undefined ? {} : { hours }), ...(days === undefined ? {} : { days }) },
      suppressed: { actors: suppressed, columns: [...new Set(specs.flatMap(eventColumnOf))] },
    },
    features: (table) => changeFeatures(table, features, lost),
    unseen,
  };
};

/** The feature that holds what a column of counts says. */
const featureOf = (spec: ActorColumn): string | undefined => {
  if (spec.kind === 'feature') return spec.column;
  if (spec.kind === 'events') return 'event_count';
  return spec.kind === 'active_days' ? 'active_days' : undefined;
};

const eventColumnOf = (spec: ActorColumn): readonly string[] => {
  if (spec.kind === 'feature' || spec.kind === 'events') return [];
  return 'column' in spec ? [spec.column] : ['ts'];
};

const stepOf = (edges: readonly number[], whole: number): number =>
  edges.length < 2 ? whole : (edges[1] ?? 0) - (edges[0] ?? 0);

const daysOf = (rule: Rule): NonNullable<EventChanges['time']['days']> => {
  if (rule.kind !== 'bins' || rule.edges.length < 2) return 'all';
  return { step: stepOf(rule.edges, 1), from: rule.edges[0] ?? 0 };
};

/** First and last day come from the same times: the coarser of the two holds for both. */
const coarser = (
  a: EventChanges['time']['days'],
  b: NonNullable<EventChanges['time']['days']>,
): NonNullable<EventChanges['time']['days']> => {
  if (a === undefined) return b;
  if (a === 'all' || b === 'all') return 'all';
  return a.step >= b.step ? a : b;
};

const changeFeatures = (
  table: FeatureTable,
  changes: readonly { readonly column: string; readonly rule: Rule }[],
  suppressed: ReadonlySet<string>,
): FeatureTable => {
  const ruleOf = new Map(changes.map(({ column, rule }) => [column, rule]));
  const kept = table.names.flatMap((name, j) => (ruleOf.get(name)?.kind === 'all' ? [] : [j]));
  return {
    ...table,
    names: kept.map((j) => table.names[j] ?? ''),
    columns: kept.map((j) => {
      const column = table.columns[j] ?? new Float64Array(0);
      const rule = ruleOf.get(table.names[j] ?? '');
      if (rule === undefined) return column;
      const to = (x: number): number =>
        rule.kind === 'bins' && !Number.isNaN(x) ? (rule.edges[binOf(rule.edges, x)] ?? x) : x;
      return column.map((x, row) => (suppressed.has(table.actors[row] ?? '') ? Number.NaN : to(x)));
    }),
    ...(table.levels === undefined ? {} : { levels: kept.map((j) => table.levels?.[j] ?? 0) }),
  };
};
