import type { CatalogueEntry } from './catalogue.ts';
import { people } from './codes.ts';
import { from, keysOf, tableOf, type Context, type Relation } from './feature.ts';
import { steps } from './steps.ts';

/** Fill a temporary table with a SELECT, or drop one that is no longer needed. */
export type Statement = { readonly sql: string; readonly fills: string } | { readonly drops: string };

type Pass = { readonly relation: string; readonly statements: readonly Statement[] };

/** The statements that compute a set of features, in order, one relation after another. */
export type Plan = {
  readonly passes: readonly Pass[];
  /** SELECT that joins the passes: key columns, then one DOUBLE per feature, ordered by the keys. */
  readonly result: string;
  /** Every temporary table of the plan. */
  readonly tables: readonly string[];
};

/** Groups the features by the relation they read, so that each relation is scanned once, and orders the work. */
export const planFeatures = (entries: readonly CatalogueEntry[], context: Context): Plan => {
  const { dialect } = context;
  const groups = groupByRelation(entries);
  const lastUse = new Map<string, number>();
  groups.forEach(({ relation }, i) => storedUnder(relation, context).forEach((r) => lastUse.set(r.name, i)));
  const made = new Set<string>();
  const passes = groups.map(({ relation, entries: members }, i): Pass => {
    const needed = storedUnder(relation, context);
    const prepare = needed
      .filter((r) => !made.has(r.name))
      .map((r) => ({ sql: r.sql(context), fills: tableOf(r, dialect) }));
    needed.forEach((r) => made.add(r.name));
    const values = members.map(
      ({ feature }) => `CAST(${feature.sql(dialect)} AS DOUBLE) AS ${dialect.name(feature.name)}`,
    );
    const keys = keysOf(context.scope);
    const aggregate = {
      sql: `SELECT ${keys}, ${values.join(', ')} FROM ${from(relation, context)} GROUP BY ${keys}`,
      fills: aggregateTable(i, context),
    };
    const finished = needed.filter((r) => lastUse.get(r.name) === i && r !== people);
    return {
      relation: relation.name,
      statements: [...prepare, aggregate, ...finished.map((r) => ({ drops: tableOf(r, dialect) }))],
    };
  });
  return {
    passes,
    result: joinAll(groups, entries, context),
    tables: passes.flatMap((pass) => pass.statements.flatMap((s) => ('fills' in s ? s.fills : []))),
  };
};

type Group = { readonly relation: Relation; readonly entries: readonly CatalogueEntry[] };

const aggregateTable = (i: number, { dialect }: Context): string => dialect.name(`fx_pass_${i}`);

/** The pass over all events comes first: it has a row for every actor, the others are joined to it. */
const groupByRelation = (entries: readonly CatalogueEntry[]): readonly Group[] => {
  const byName = new Map<string, { relation: Relation; entries: CatalogueEntry[] }>();
  byName.set(steps.name, { relation: steps, entries: [] });
  for (const entry of entries) {
    const relation = entry.feature.over;
    const group = byName.get(relation.name) ?? { relation, entries: [] };
    group.entries.push(entry);
    byName.set(relation.name, group);
  }
  return [...byName.values()];
};

/** The stored relations a relation rests on, itself included, in the order they must be made. */
const storedUnder = (relation: Relation, context: Context): readonly Relation[] => {
  const found = new Map<string, Relation>();
  const visit = (r: Relation): void => {
    if (found.has(r.name)) return;
    r.uses(context).forEach(visit);
    if (r.stored) found.set(r.name, r);
  };
  visit(relation);
  return [...found.values()];
};

const joinAll = (groups: readonly Group[], entries: readonly CatalogueEntry[], context: Context): string => {
  const { dialect, scope } = context;
  const passOf = new Map(groups.map(({ relation }, i) => [relation.name, i]));
  const values = entries.map(({ feature }) => {
    const name = dialect.name(feature.name);
    const value = `p${passOf.get(feature.over.name)}.${name}`;
    return `${feature.absent === undefined ? value : `COALESCE(${value}, ${feature.absent}e0)`} AS ${name}`;
  });
  const joins = groups.slice(1).map((_, i) => {
    const j = i + 1;
    const win = scope === 'window' ? ` AND p${j}.win = p0.win` : '';
    return `LEFT JOIN ${aggregateTable(j, context)} AS p${j} ON p${j}.actor = p0.actor${win}`;
  });
  const start = scope === 'window' ? `, ${dialect.timestamp('p0.win')} AS window_start` : '';
  return `SELECT a.id AS actor_id${start}${scope === 'window' ? '' : ', a.code AS position'}, ${values.join(', ')}
    FROM ${from(people, context)} AS a JOIN ${aggregateTable(0, context)} AS p0 ON p0.actor = a.code
    ${joins.join('\n')} WHERE a.is_actor = 1 ORDER BY a.code${scope === 'window' ? ', p0.win' : ''}`;
};
