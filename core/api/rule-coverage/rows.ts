import type { ReleaseRows } from '../../release/schema.ts';
import type { Rule } from '../../rules/schema.ts';
import { readDecisions, readRuleActors, readRules, type Case, type Readers } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import { verdictLabels } from '../rules/impact.ts';
import { requireRules } from '../rules/rules-text.ts';
import { featuresFor, runAll } from '../rules/run-all.ts';
import { requireOwn } from './own-rules.ts';
import { CELLS, cellOf, ruleHash, type Coverage } from './question.ts';

type Connection = Case['connection'];

/** The saved rule of a question, whatever its state: it is known by its hash. Errors: `usage` where the case has none. */
export const savedRuleOf = async (connection: Connection, { rule: id, sha256 }: Coverage): Promise<Rule> => {
  const saved = (await readRules(connection)).filter((kept) => kept.id === id);
  for (const { text } of saved.toReversed()) {
    const [rule] = requireRules(text, id);
    if (ruleHash(rule) === sha256) return rule;
  }
  throw new NightjarError('usage', 'The case does not hold this rule.', {
    where: id,
    next: 'Ask anew: asking saves the rule.',
  });
};

/**
 * One row per actor, with the cell they are in: what `coverageQuery` counts. Everybody with an event, and everybody of the
 * latest ranking where the rule is over actors. Errors: `usage` where the case does not hold the rule, or where its hits
 * depend on others.
 */
export const readCoverageRows = async (connection: Connection, coverage: Coverage): Promise<ReleaseRows> => {
  const rule = await savedRuleOf(connection, coverage);
  await requireOwn(connection, rule);
  const readers: Pick<Readers, 'read'> = { read: (work) => work(connection) };
  const { actors } = await readRuleActors(connection);
  const features = await featuresFor(readers, [rule]);
  const everybody = [...new Set([...actors, ...(rule.over === 'actors' ? (features?.actors ?? []) : [])])];
  const { hits } = await runAll({ readers, day: coverage.day }, [rule]);
  const hit = hits[0]?.byActor ?? new Map<string, unknown>();
  const labels = verdictLabels(await readDecisions(connection));
  return {
    actor: Uint32Array.from(everybody.keys()),
    actors: everybody.length,
    keys: [{ codes: Int32Array.from(everybody, (actor) => cellOf(hit.has(actor), labels.get(actor))), levels: CELLS }],
    value: undefined,
  };
};
