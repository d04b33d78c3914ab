import type { Condition, EventRule } from '../../schema.ts';
import type { ExportOptions } from '../exporter.ts';
import { conjunction } from '../filters.ts';
import { ecsFieldOf } from '../field-map.ts';
import { type Detection, detectionOf } from './detection.ts';
import { ruleUuid } from './rule-uuid.ts';

/** A document of a Sigma file, in the order in which its keys are written. */
export type SigmaDocument = Readonly<Record<string, unknown>>;

/**
 * The documents of a rule that `sigmaShape` made: one rule of detections for a rule over single moments; else a rule for
 * what is counted, or for each step, and the correlation over them.
 */
export const sigmaDocuments = (rule: EventRule, options: ExportOptions): readonly SigmaDocument[] => {
  const fieldOf = (column: string): string => ecsFieldOf(column, options);
  const detect = (where: EventRule['where']): Detection => detectionOf(where, rule.groupBy, fieldOf);
  if (rule.window.kind === 'event') {
    const about = { ...headOf(rule, rule.title, 'rule'), ...aboutOf(rule, options) };
    return [{ ...about, logsource: logsourceOf(options), detection: detect(rule.where), ...tailOf(rule) }];
  }
  const [condition] = rule.when;
  if (condition === undefined) throw new TypeError('a correlation without a condition');
  const wheres =
    condition.kind === 'sequence' ? condition.steps.map((step) => conjunction([rule.where, step])) : [rule.where];
  const parts = wheres.map((where, i) => {
    const step = condition.kind === 'sequence' ? `step_${i + 1}` : 'events';
    return {
      name: `${rule.id}_${step}`,
      ...headOf(rule, `${rule.title}, ${step.replace('_', ' ')}`, step),
      taxonomy: 'ecs',
      status: statusOf(rule, options),
      logsource: logsourceOf(options),
      detection: detect(where),
    };
  });
  const correlation = {
    ...correlated(condition, fieldOf),
    rules: parts.map(({ name }) => name),
    'group-by': rule.groupBy.map(fieldOf),
    timespan: rule.window.length,
  };
  return [
    ...parts.map(({ name, title, id, ...others }) => ({ title, id, name, ...others })),
    {
      ...headOf(rule, rule.title, 'rule'),
      ...aboutOf(rule, options),
      correlation: orderCorrelation(correlation),
      ...tailOf(rule),
    },
  ];
};

const headOf = (rule: EventRule, title: string, part: string): { readonly title: string; readonly id: string } => ({
  title,
  id: ruleUuid(`${rule.id} ${part} ${JSON.stringify(rule)}`),
});

/** Sigma's words for how far a rule is. */
const STATUS = { draft: 'experimental', shadow: 'test', live: 'stable', retired: 'deprecated' } as const;

const statusOf = ({ id }: EventRule, { states }: ExportOptions): string => STATUS[states?.get(id) ?? 'draft'];

const aboutOf = (rule: EventRule, options: ExportOptions): Readonly<Record<string, string>> => ({
  taxonomy: 'ecs',
  status: statusOf(rule, options),
  ...(rule.intent === '' ? {} : { description: rule.intent }),
  ...(rule.author === '' ? {} : { author: rule.author }),
  date: options.date,
});

const logsourceOf = ({ events }: ExportOptions): Readonly<Record<string, string>> => ({
  category: 'application',
  product: events.toLowerCase().replaceAll(/[^a-z0-9_.-]/g, '_'),
});

const tailOf = (rule: EventRule): Readonly<Record<string, unknown>> => ({
  ...(rule.falsePositives.length === 0 ? {} : { falsepositives: [...new Set(rule.falsePositives)] }),
  level: rule.severity,
});

const OPERATORS = { '>=': 'gte', '>': 'gt', '<=': 'lte', '<': 'lt', '=': 'eq' } as const;

const correlated = (condition: Condition, fieldOf: (column: string) => string): Readonly<Record<string, unknown>> => {
  switch (condition.kind) {
    case 'count':
      return { type: 'event_count', condition: { [OPERATORS[condition.op]]: condition.value } };
    case 'distinct':
      return {
        type: 'value_count',
        condition: { field: fieldOf(condition.column), [OPERATORS[condition.op]]: condition.value },
      };
    case 'sum':
      return {
        type: 'value_sum',
        condition: { field: fieldOf(condition.column), [OPERATORS[condition.op]]: condition.value },
      };
    case 'sequence':
      return { type: 'temporal_ordered' };
    default:
      throw new TypeError(`Sigma has no correlation for ${condition.kind}`);
  }
};

const orderCorrelation = ({ type, condition, ...others }: Readonly<Record<string, unknown>>): SigmaDocument => ({
  type,
  ...others,
  ...(condition === undefined ? {} : { condition }),
});
