import type {
  ColumnPolicy,
  ImportOptions,
  ImportTemplate,
  InspectedField,
  InspectedFile,
} from '../../../core/api/contract.ts';

type Rules = NonNullable<ImportOptions['map']>;

/** The options with a field mapped to an event column; null drops the field. What was said of either before is replaced. */
export const withColumn = (options: ImportOptions, field: string, column: string | null): ImportOptions => {
  const others = (options.map ?? []).filter((rule) => !rule.fields.includes(field) && rule.column !== column);
  const before = policyFor(options, field);
  const { [field]: _, ...policy } = options.policy ?? {};
  if (column === null) return tidy(options, others, { ...policy, [field]: { kind: 'drop' } });
  const kept = before === undefined || before.kind === 'drop' ? policy : { ...policy, [field]: before };
  return tidy(options, [...others, { column, fields: [field] }], kept);
};

/** What the user said happens to a field. A field may be called `constructor`: what objects inherit is no policy. */
export const policyFor = ({ policy }: ImportOptions, field: string): ColumnPolicy | undefined =>
  policy !== undefined && Object.hasOwn(policy, field) ? policy[field] : undefined;

/** The options with another policy for a field. */
export const withPolicy = (options: ImportOptions, field: string, policy: ColumnPolicy): ImportOptions =>
  tidy(options, options.map ?? [], { ...options.policy, [field]: policy });

/** The options with one of the settings changed; undefined and the empty text leave it to the proposal. */
export const withSetting = <K extends 'preset' | 'timeZone' | 'year'>(
  options: ImportOptions,
  key: K,
  value: ImportOptions[K],
): ImportOptions => {
  const { [key]: _, ...others } = options;
  return value === undefined || value === '' || Number.isNaN(value) ? others : { ...others, [key]: value };
};

/** What the user said about a field, or what was proposed. `undefined`: nothing was said. */
export const saidColumn = (options: ImportOptions, field: string): string | null | undefined => {
  if (policyFor(options, field)?.kind === 'drop') return null;
  return options.map?.find((rule) => rule.fields.includes(field))?.column;
};

/** A policy as a key that does not depend on where it came from. */
export const policyKey = (policy: ColumnPolicy): string => JSON.stringify(policy);

/** The policies to choose from: those that make sense, and the one that holds. */
export const policyChoices = ({ policy, choices }: InspectedField): readonly ColumnPolicy[] =>
  choices.some((choice) => policyKey(choice) === policyKey(policy)) ? choices : [policy, ...choices];

/** Templates made for files that have the same fields as this one. */
export const fittingTemplates = (
  templates: readonly ImportTemplate[],
  file: InspectedFile,
): readonly ImportTemplate[] => {
  const fields = new Set(file.fields.map(({ field }) => field));
  return templates.filter(
    (template) => template.fields.length > 0 && template.fields.every((field) => fields.has(field)),
  );
};

const tidy = (options: ImportOptions, map: Rules, policy: NonNullable<ImportOptions['policy']>): ImportOptions => {
  const { map: _map, policy: _policy, ...others } = options;
  return {
    ...others,
    ...(map.length === 0 ? {} : { map }),
    ...(Object.keys(policy).length === 0 ? {} : { policy }),
  };
};
