import { seededRandom } from '../../random/index.ts';
import type { Rule, Vocabulary } from '../schema.ts';
import { ruleCard, ruleCardJson, type CardFacts, type ReleasedMetric } from './card/index.ts';
import { columnsOf } from './columns.ts';
import type { Exporter, ExportFile, ExportOptions, Translation } from './exporter.ts';
import { ecsFieldOf, ownFieldOf } from './field-map.ts';
import { fixtureFiles, fixturesOf } from './fixtures/index.ts';
import { visibleJson } from '../text/hidden.ts';

export type ExportRuleOptions = ExportOptions & {
  /** Released numbers for the card. */
  readonly metrics?: readonly ReleasedMetric[];
  readonly owner?: string;
  readonly vocabulary?: Vocabulary['features'];
};

export type ExportedRule = {
  readonly translation: Translation;
  /** What the target runs; empty where it refuses the rule. */
  readonly files: readonly ExportFile[];
  /** Card, field map and made-up records with their hits. */
  readonly about: readonly ExportFile[];
};

/**
 * The files of a rule for a target, with a card, a field map and made-up records with the hits that the target must find.
 * A rule that the target refuses has the reasons and no file. Whether the rule may leave the case is not asked here.
 */
export const exportRule = (rule: Rule, exporter: Exporter, options: ExportRuleOptions): ExportedRule => {
  const translation = exporter.translate(rule);
  if (translation.kind === 'refused') return { translation, files: [], about: [] };
  const running = translation.kind === 'narrowed' ? translation.rule : rule;
  const files = exporter.write(running, options);
  const fields = fieldsOf(running, exporter, options);
  // Sigma does not say whether an event exactly as old as the window counts: its records do not ask.
  const exactAge = !exporter.name.startsWith('sigma');
  const fixtures = fixturesOf(running, seededRandom(seedOf(rule.id)), undefined, { exactAge });
  const records = fixtureFiles(running, fixtures, fields);
  const facts: CardFacts = {
    exporter,
    options,
    translation,
    files: files.map(({ name }) => name),
    fixtures,
    fixtureFiles: records.map(({ name }) => name),
    fields,
    metrics: options.metrics ?? [],
    ...(options.owner === undefined ? {} : { owner: options.owner }),
    ...(options.vocabulary === undefined ? {} : { features: options.vocabulary }),
  };
  const about = [
    { name: `${rule.id}.card.md`, text: ruleCard(rule, facts) },
    { name: `${rule.id}.card.json`, text: ruleCardJson(rule, facts) },
    { name: `${rule.id}.fields.json`, text: `${visibleJson(Object.fromEntries(fields), 2)}\n` },
    ...records,
  ];
  return { translation, files, about };
};

/** The target's names of the columns that a rule reads, and of the time. */
const fieldsOf = (rule: Rule, exporter: Exporter, options: ExportOptions): ReadonlyMap<string, string> => {
  const nameOf = exporter.name.startsWith('sigma') ? ecsFieldOf : ownFieldOf;
  const columns = rule.over === 'events' ? ['ts', ...columnsOf(rule)] : [];
  return new Map([...new Set(columns)].map((column) => [column, nameOf(column, options)]));
};

/** The same rule has the same made-up records. */
const seedOf = (id: string): number => {
  let seed = 0;
  for (const sign of id) seed = (seed * 31 + (sign.codePointAt(0) ?? 0)) % 2 ** 31;
  return seed;
};
