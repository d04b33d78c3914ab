import { microsOf } from '../../duration.ts';
import type { EventFilter, EventRule } from '../../schema.ts';
import { columnsOf, isNumberColumn } from '../columns.ts';
import type { ExportFile, ExportOptions } from '../exporter.ts';
import { comparisonsOf } from '../filters.ts';
import { smlSignals } from './expression.ts';
import { ENTITY_COLUMNS, isEntity, jsonPath, smlName, smlText } from './names.ts';
import type { OspreyShape } from './translate.ts';

const MODEL = 'nightjar.sml';

/** The entities, the same for every rule; the rule itself; and the labels that `config/labels.yaml` must know. */
export const writeSml = (shape: OspreyShape, options: ExportOptions): readonly ExportFile[] => [
  { name: MODEL, text: ENTITY_COLUMNS.map((column) => entity(column, options)).join('\n') },
  { name: `nightjar_${shape.rule.id}.sml`, text: ruleFile(shape, options) },
  ...labelsFile(shape),
];

/** Coerced: an identifier that is a number in the JSON of an action is a text here, as an import makes it one. */
const entity = (column: string, options: ExportOptions): string => {
  const name = smlName(column);
  const path = smlText(jsonPath(column, options));
  return `${name}: Entity[str] = EntityJson(\n  type=${smlText(name)},\n  path=${path},\n  required=False,\n  coerce_type=True,\n)\n`;
};

const ruleFile = (shape: OspreyShape, options: ExportOptions): string => {
  const { rule } = shape;
  const name = `Nightjar_${rule.id}`;
  const filters = shape.kind === 'event' ? [shape.filter] : [shape.first, shape.second];
  const parts =
    shape.kind === 'event'
      ? [ruleCall(name, rule, shape.filter, rule.title), effects(name, effectOf(rule))]
      : [
          ruleCall(`${name}_step_1`, rule, shape.first, `${rule.title}, step 1`),
          ruleCall(name, rule, shape.second, rule.title, hasLabel(shape.entity, stepLabel(rule))),
          effects(`${name}_step_1`, addLabel(shape.entity, stepLabel(rule), windowOf(rule))),
          effects(name, effectOf(rule)),
        ];
  const columns = columnsOf(rule).filter((column) =>
    filters.flatMap(comparisonsOf).some((leaf) => leaf.column === column),
  );
  const fields = [...new Set([...rule.groupBy, ...columns])].filter((column) => !isEntity(column));
  return [`Import(rules=[${smlText(MODEL)}])\n`, fields.map((column) => field(column, options)).join(''), ...parts]
    .filter((part) => part !== '')
    .join('\n');
};

const field = (column: string, options: ExportOptions): string =>
  `${smlName(column)}: Optional[${isNumberColumn(column) ? 'float' : 'str'}] = ` +
  `JsonData(path=${smlText(jsonPath(column, options))}, required=False, coerce_type=True)\n`;

const ruleCall = (
  name: string,
  rule: EventRule,
  filter: EventFilter | null,
  words: string,
  ...more: string[]
): string => {
  const signals = [...rule.groupBy.map((column) => `${smlName(column)} != None`), ...smlSignals(filter), ...more];
  const list = [...new Set(signals)].map((signal) => `    ${signal},\n`).join('');
  return `${name} = Rule(\n  when_all=[\n${list}  ],\n  description=${description(words)},\n)\n`;
};

/** Osprey takes braces around a name in a plain text for a slip: there they stand doubled in an f-string. */
const description = (words: string): string =>
  /[{}]/.test(words) ? `f${smlText(words.replaceAll('{', '{{').replaceAll('}', '}}'))}` : smlText(words);

const effects = (name: string, effect: string): string =>
  `WhenRules(\n  rules_any=[${name}],\n  then=[\n    ${effect},\n  ],\n)\n`;

const effectOf = ({ effect }: EventRule): string =>
  effect.kind === 'label' ? addLabel('actor_id', effect.label) : `DeclareVerdict(verdict=${smlText(effect.kind)})`;

const addLabel = (column: string, label: string, expiresAfter?: string): string =>
  `LabelAdd(entity=${smlName(column)}, label=${smlText(label)}${expiresAfter === undefined ? '' : `, expires_after=${expiresAfter}`})`;

const hasLabel = (column: string, label: string): string =>
  `HasLabel(entity=${smlName(column)}, label=${smlText(label)})`;

const stepLabel = (rule: EventRule): string => `${rule.id}_step_1`;

const windowOf = ({ window }: EventRule): string =>
  `TimeDelta(seconds=${window.kind === 'event' ? 0 : microsOf(window.length) / 1e6})`;

const labelsFile = (shape: OspreyShape): readonly ExportFile[] => {
  const { rule } = shape;
  const lines = [
    ...(shape.kind === 'after' ? labelLines(stepLabel(rule), smlName(shape.entity), `Step 1 of rule ${rule.id}`) : []),
    ...(rule.effect.kind === 'label'
      ? labelLines(rule.effect.label, smlName('actor_id'), `Put by rule ${rule.id}`)
      : []),
  ];
  return lines.length === 0 ? [] : [{ name: `nightjar_${rule.id}.labels.yaml`, text: `labels:\n${lines.join('')}` }];
};

const labelLines = (label: string, entityType: string, words: string): readonly string[] => [
  `  '${label}':\n`,
  `    valid_for: [${entityType}]\n`,
  '    connotation: neutral\n',
  `    description: ${words}\n`,
];
