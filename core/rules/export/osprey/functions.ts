/* oxlint-disable unicorn/no-thenable -- `then` is what WhenRules takes */
/** What a function of Osprey's standard library gives. */
export type SmlType = 'text' | 'number' | 'boolean' | 'entity' | 'rule' | 'effect' | 'duration' | 'any' | 'nothing';

type SmlFunction = {
  readonly gives: SmlType;
  readonly takes: Readonly<Record<string, string>>;
  readonly isTyped?: boolean;
};

const LABEL_EFFECT: SmlFunction = {
  gives: 'effect',
  takes: {
    entity: 'entity',
    label: 'text',
    delay_action_by: 'duration?',
    apply_if: 'rule?',
    expires_after: 'duration?',
  },
};

/**
 * Functions of Osprey that rules of ours and most of its examples use: names and types of what they take, with `?` for what
 * may be left out (roostorg/osprey, `osprey_worker/src/osprey/engine/stdlib/udfs`). A deployment may have more.
 */
export const SML_FUNCTIONS: Readonly<Record<string, SmlFunction>> = {
  Import: { gives: 'nothing', takes: { rules: 'texts' } },
  Require: { gives: 'nothing', takes: { rule: 'text', require_if: 'boolean?' } },
  JsonData: { gives: 'any', takes: { path: 'text', required: 'boolean?', coerce_type: 'boolean?' }, isTyped: true },
  EntityJson: {
    gives: 'entity',
    takes: { type: 'text', path: 'text', required: 'boolean?', coerce_type: 'boolean?' },
    isTyped: true,
  },
  Entity: { gives: 'entity', takes: { type: 'text', id: 'any' } },
  GetActionName: { gives: 'text', takes: {} },
  GetActionId: { gives: 'number', takes: {} },
  Rule: { gives: 'rule', takes: { when_all: 'booleans', description: 'text' } },
  WhenRules: { gives: 'nothing', takes: { rules_any: 'rules', then: 'effects' } },
  LabelAdd: LABEL_EFFECT,
  LabelRemove: LABEL_EFFECT,
  HasLabel: {
    gives: 'boolean',
    takes: { entity: 'entity', label: 'text', manual: 'boolean?', status: 'text?', min_label_age: 'duration?' },
  },
  DeclareVerdict: { gives: 'effect', takes: { verdict: 'text' } },
  TimeDelta: {
    gives: 'duration',
    takes: { weeks: 'number?', days: 'number?', hours: 'number?', minutes: 'number?', seconds: 'number?' },
  },
  RegexMatch: { gives: 'boolean', takes: { target: 'text', pattern: 'text', case_insensitive: 'boolean?' } },
  ListLength: { gives: 'number', takes: { list: 'any' } },
};
