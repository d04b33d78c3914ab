import type { ActorExclusion, Condition, EventExclusion, FeatureCondition, Rule } from '../schema.ts';
import { LIMITS } from '../form/limits.ts';
import { fault, type Cursor, type Span } from './cursor.ts';
import type { Draft, DraftExclusion } from './draft.ts';

export type Head = { readonly id: string; readonly title: string; readonly span: Span };

/** The rule that a text has said. Undefined, after faults at its head or its parts, where something is missing or wrong. */
export const assembleRule = (c: Cursor, head: Head, draft: Draft, path: string): Rule | undefined => {
  const before = c.faults.length;
  const { severity, effect, groupBy, when } = draft;
  for (const { key, message, hint } of NEEDED) {
    if (draft[key] === undefined) fault(c, `missing-${key === 'groupBy' ? 'group' : key}`, message, hint, head.span);
  }
  if (draft.exclusions.length > LIMITS.exclusions) {
    fault(c, 'too-many', 'There are too many exclusions.', `At most ${LIMITS.exclusions}.`, head.span);
  }
  if (severity === undefined || effect === undefined || groupBy === undefined || when === undefined) return undefined;
  const common = {
    id: head.id,
    title: head.title,
    intent: draft.intent ?? '',
    author: draft.author ?? '',
    severity,
    effect,
    expires: draft.expires ?? null,
    falsePositives: draft.falsePositives ?? [],
  };
  const rule: Rule =
    groupBy === 'actors'
      ? { ...common, over: 'actors', ...actorParts(c, draft, when, path) }
      : {
          ...common,
          over: 'events',
          groupBy,
          where: draft.where ?? null,
          window: draft.window ?? { kind: 'event' },
          when,
          exclusions: eventExclusions(c, draft.exclusions, path),
        };
  return c.faults.length === before ? rule : undefined;
};

const NEEDED = [
  { key: 'severity', message: 'The rule does not say how severe a hit is.', hint: 'Add a line like severity medium.' },
  { key: 'effect', message: 'The rule does not say what happens with a hit.', hint: 'Add a line like effect review.' },
  {
    key: 'groupBy',
    message: 'The rule does not say what it hits.',
    hint: 'Add a line like for each actor_id, or for actors.',
  },
  { key: 'when', message: 'The rule does not say when it hits.', hint: 'Add a line like when count() >= 20.' },
] as const;

const actorParts = (c: Cursor, draft: Draft, when: readonly Condition[], path: string) => {
  for (const key of ['where', 'window'] as const) {
    if (draft[key] === undefined) continue;
    const hint = 'Remove the line, or write for each actor_id to look at events.';
    fault(c, 'not-for-actors', 'A rule for actors looks at no events.', hint, spanOf(c, `${path}.${key}`));
  }
  return {
    when: onlyFeatures(c, when, `${path}.when`),
    exclusions: draft.exclusions.flatMap(({ of, ...rest }, i): readonly ActorExclusion[] => {
      const at = `${path}.exclusions.${i}`;
      if ('when' in of) return [{ ...rest, when: onlyFeatures(c, of.when, `${at}.when`) }];
      const hint = 'Write except when feature(…) or percentile(…).';
      fault(c, 'not-for-actors', 'A rule for actors leaves out actors, not events.', hint, spanOf(c, at));
      return [];
    }),
  };
};

const onlyFeatures = (c: Cursor, conditions: readonly Condition[], path: string): readonly FeatureCondition[] =>
  conditions.filter((condition, i): condition is FeatureCondition => {
    if (condition.kind === 'feature' || condition.kind === 'percentile') return true;
    const hint = 'Use feature(…) or percentile(…), or write for each actor_id to look at events.';
    fault(c, 'not-for-actors', 'A rule for actors looks at no events.', hint, spanOf(c, `${path}.${i}`));
    return false;
  });

const eventExclusions = (c: Cursor, exclusions: readonly DraftExclusion[], path: string): readonly EventExclusion[] =>
  exclusions.flatMap(({ of, ...rest }, i) => {
    if ('where' in of) return [{ ...rest, where: of.where }];
    const hint = 'Write except where and a condition on one event.';
    fault(c, 'not-for-events', 'A rule over events leaves out events.', hint, spanOf(c, `${path}.exclusions.${i}`));
    return [];
  });

const spanOf = (c: Cursor, path: string): Span => c.spans.get(path) ?? c.spans.get(path.split('.')[0] ?? '') ?? NOWHERE;
const NOWHERE: Span = { from: 0, length: 0 };
