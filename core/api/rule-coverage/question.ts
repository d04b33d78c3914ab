import { createHash } from 'node:crypto';
import type { JsonValue } from '../../release/keys/index.ts';
import { writeRuleFile } from '../../rules/form/write-rule-file.ts';
import type { Rule } from '../../rules/schema.ts';

/**
 * The question how far a rule reaches, as a release of numbers: each actor is in exactly one of six cells, hit or not, and
 * called abuse, benign or neither. One actor more or less, with all their events and their verdict, changes one cell by
 * one: sensitivity 1 in L1 and in L∞, as of any histogram over known keys (Dwork, McSherry, Nissim & Smith 2006). The keys
 * are public, so that empty cells are released too. Mechanism, cost and file are those of `count: actors`.
 */
export const coverageQuery = (rule: Rule, day: string): JsonValue => ({
  count: 'actors',
  by: [{ column: columnOf({ rule: rule.id, sha256: ruleHash(rule), day }), keys: [...CELLS] }],
  bounds: { groupsPerActor: 1, rowsPerGroup: 1 },
});

/** Whom a rule hits, by what is known of them: the keys of the release. */
export const CELLS = [
  'hit, abuse',
  'hit, benign',
  'hit, undecided',
  'not hit, abuse',
  'not hit, benign',
  'not hit, undecided',
] as const;

/** Place of an actor's cell. `label`: 1 abuse, 0 benign, undefined neither. */
export const cellOf = (isHit: boolean, label: 0 | 1 | undefined): number =>
  (isHit ? 0 : 3) + (label === undefined ? 2 : 1 - label);

/** What a release of coverage is about, all of it public: the rule by its hash, and the day of the question. */
export type Coverage = { readonly rule: string; readonly sha256: string; readonly day: string };

/** A question of another day is another one: verdicts change, and how often they did is nobody's business. */
const columnOf = ({ rule, sha256, day }: Coverage): string => `rule ${rule} on ${day}, sha256 ${sha256}`;

const COLUMN = /^rule ([a-z][a-z0-9_]{0,63}) on (\d{4}-\d{2}-\d{2}), sha256 ([0-9a-f]{64})$/u;

/** What the column of a query or of a release says; undefined where it is about something else. */
export const coverageOf = (column: string): Coverage | undefined => {
  const [, rule, day, sha256] = COLUMN.exec(column) ?? [];
  return rule === undefined || day === undefined || sha256 === undefined ? undefined : { rule, sha256, day };
};

/** SHA-256 of a rule in its JSON form: equal rules have equal ones, however they were written. */
export const ruleHash = (rule: Rule): string =>
  createHash('sha256')
    .update(writeRuleFile([rule]))
    .digest('hex');

/** Whether the JSON of a request asks for the coverage of a rule. */
export const isCoverageJson = (query: JsonValue | undefined): boolean => coverageOfJson(query) !== undefined;

/** The same of a whole query. */
const coverageOfJson = (query: JsonValue | undefined): Coverage | undefined => {
  if (typeof query !== 'object' || query === null || !('by' in query) || !Array.isArray(query['by'])) return undefined;
  const dimension: JsonValue | undefined = query['by'][0];
  if (typeof dimension !== 'object' || dimension === null || !('column' in dimension)) return undefined;
  const column: JsonValue | undefined = dimension['column'];
  return typeof column === 'string' ? coverageOf(column) : undefined;
};
