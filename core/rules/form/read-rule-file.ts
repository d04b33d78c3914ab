import { NightjarError } from '../../api/errors.ts';
import { RULES_FORMAT, RULES_VERSION, type Rule, type RuleFile } from '../schema.ts';
import { filterDepth, filterLeaves } from './filter-parts.ts';
import { filtersOf } from './filters-of.ts';
import { LIMITS } from './limits.ts';
import { ruleFileShape } from './shape.ts';

/**
 * Reads a file of rules from its JSON form. Errors: `input`, with the path of the part (`rules.0.when.2.value`), for text
 * that is no JSON, for another format, for a file of a newer version, and for a part that is missing, unknown or wrong.
 */
export const readRuleFile = (json: string): RuleFile => {
  if (json.length > LIMITS.fileLength) {
    throw wrong('The file of rules is too long.', '', `Keep it below ${LIMITS.fileLength} characters: split it.`);
  }
  const value = parsed(json);
  requireFormat(value);
  if (isDeeperThan(value, MOST_LEVELS)) {
    throw wrong('Parts of the file are too deep inside each other.', '', 'Write simpler conditions.');
  }
  const result = ruleFileShape.safeParse(value);
  if (!result.success) {
    const { path, message } = mostExact(result.error.issues, []);
    throw wrong('The file of rules has a part that is not understood.', path.join('.'), `${message} ${SEE}`);
  }
  for (const [i, rule] of result.data.rules.entries()) requireSizes(rule, i);
  return result.data;
};

const SEE = 'The schema is docs/schemas/nightjar-rules-1.json.';

const wrong = (message: string, path: string, next: string, cause?: unknown): NightjarError =>
  new NightjarError('input', message, path === '' ? { next } : { where: path, next }, cause);

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json.startsWith('\ufeff') ? json.slice(1) : json);
  } catch (error) {
    // The engine's own message quotes the text: it stays in the cause's type only.
    const next =
      'Look for a missing bracket, comma or quote; or give the file the ending .rules if it is the text form.';
    throw wrong('The file of rules is not JSON.', '', next, error instanceof SyntaxError ? undefined : error);
  }
};

const requireFormat = (value: unknown): void => {
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (format !== RULES_FORMAT) {
    throw wrong('The file holds no rules.', 'format', `It begins with "format": "${RULES_FORMAT}". ${SEE}`);
  }
  if (typeof version === 'number' && version > RULES_VERSION) {
    const next = `This version reads rules of version ${RULES_VERSION}: update Nightjar.`;
    throw wrong('The file was made by a newer version of Nightjar.', 'version', next);
  }
};

/** Levels of JSON around the deepest filter that may be: two for each of its own. */
const MOST_LEVELS = 2 * LIMITS.filterDepth + 12;

/** Looks level by level, so that no depth can overflow the stack. */
const isDeeperThan = (value: unknown, most: number): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= most; depth++) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
};

type Issue = {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly errors?: readonly (readonly Issue[])[];
};

/** A union tells what each of its forms misses: the form that knows all keys was meant, and what lies deepest in it. */
const mostExact = (issues: readonly Issue[], before: readonly PropertyKey[]): Issue =>
  deepest(
    issues.map((issue): Issue => {
      const path = [...before, ...issue.path];
      const forms = (issue.errors ?? []).filter((form) => form.length > 0);
      const meant = forms.filter((form) => !form.some(({ code }) => code === 'unrecognized_keys'));
      const inner = (meant.length > 0 ? meant : forms).map((form) => mostExact(form, path));
      return deepest([{ path, message: issue.message }, ...inner]);
    }),
  );

const deepest = (issues: readonly Issue[]): Issue =>
  issues.reduce((best, each) => (each.path.length > best.path.length ? each : best), issues[0] ?? NOTHING);

const NOTHING: Issue = { path: [], message: '' };

const requireSizes = (rule: Rule, place: number): void => {
  for (const { path, filter } of filtersOf(rule)) {
    const where = `rules.${place}.${path}`;
    if (filterDepth(filter) > LIMITS.filterDepth) {
      throw wrong('Conditions on an event are too deep inside each other.', where, 'Write a simpler condition.');
    }
    if (filterLeaves(filter) > LIMITS.leaves) {
      throw wrong('There are too many comparisons in one condition.', where, `At most ${LIMITS.leaves}.`);
    }
  }
};
