import type { Rule } from '../../schema.ts';
import { ruleInWords } from '../../text/in-words.ts';
import { printRule } from '../../text/print-rule.ts';
import { meaningOf } from '../field-map.ts';
import { cannotSee } from './cannot-see.ts';
import { howToRun } from './how-to-run.ts';
import { codeBlock, codeSpan, plainMarkdown, table } from './markdown.ts';
import { type CardFacts, type ReleasedMetric, ruleOfTarget } from './schema.ts';

/**
 * The card that goes with an exported rule, as Markdown: what it is for, what it does in words and as text, what the target
 * does otherwise, and what is known of its worth. Numbers on it were released through the ledger, or it says that there are
 * none: never a count of the case.
 */
export const ruleCard = (rule: Rule, facts: CardFacts): string => {
  const parts = [
    `# ${plainMarkdown(rule.title)}`,
    `${codeSpan(rule.id)}, severity ${rule.severity}, effect: ${effectOf(rule)}.`,
    '## What it is about',
    rule.intent === '' ? 'Nobody said.' : plainMarkdown(rule.intent),
    '## What it does',
    plainMarkdown(ruleInWords(rule, facts.features ?? [])),
    codeBlock(printRule(rule)),
    `## In ${facts.exporter.title}`,
    facts.exporter.sentence,
    differencesOf(rule, facts),
    '## What is known of its worth',
    metricsOf(facts.metrics),
    '## Known to hit wrongly',
    listOf(rule.falsePositives, 'Nothing is known yet.'),
    '## What it cannot see',
    listOf(cannotSee(ruleOfTarget(rule, facts)), ''),
    '## Who answers for it',
    listOf([ownerOf(rule, facts), ...exclusionsOf(rule)], ''),
    '## Until when',
    rule.expires === null
      ? 'It has no end: look at it again within a year.'
      : `It must not fire from ${rule.expires} on.`,
    '## Fields',
    fieldsOf(facts),
    '## Made-up records that show it',
    fixturesOf(facts),
    '## How to run it',
    howToRun(facts).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
};

const effectOf = ({ effect }: Rule): string =>
  effect.kind === 'label' ? `puts the label ${codeSpan(effect.label)} on the actor` : effect.kind;

const listOf = (items: readonly string[], none: string): string =>
  items.length === 0 ? none : items.map((item) => `- ${plainMarkdown(item)}`).join('\n');

const differencesOf = (rule: Rule, facts: CardFacts): string => {
  const { translation } = facts;
  if (translation.kind === 'whole') return 'It runs there as it does here.';
  const running = ruleOfTarget(rule, facts);
  const isOther = printRule(running) !== printRule(rule);
  return [
    'It does not run there exactly as here:',
    listOf(translation.differences, ''),
    ...(isOther
      ? ['What runs there is this rule; its backtest tells what the difference costs:', codeBlock(printRule(running))]
      : []),
  ].join('\n\n');
};

const metricsOf = (metrics: readonly ReleasedMetric[]): string => {
  if (metrics.length === 0) return 'Not released: no number of the case is on this card.';
  const rows = metrics.map(({ name, value, low, high, confidence, epsilon, ledgerEntry }) => [
    plainMarkdown(name),
    String(value),
    `${low} to ${high} (${Math.round(confidence * 1000) / 10} %)`,
    String(epsilon),
    codeSpan(ledgerEntry),
  ]);
  return `${table(['measure', 'value', 'interval', 'ε', 'entry of the ledger'], rows)}\n\nAll numbers carry noise that was paid for.`;
};

const ownerOf = (rule: Rule, { owner }: CardFacts): string => {
  if (owner !== undefined && owner !== '') return owner;
  return rule.author === '' ? 'Nobody is named.' : rule.author;
};

const exclusionsOf = (rule: Rule): readonly string[] =>
  rule.exclusions.map(({ owner, reason, ends }) => `An exclusion until ${ends} by ${owner}, because: ${reason}`);

const fieldsOf = ({ fields }: CardFacts): string => {
  if (fields.size === 0) return 'It reads features of actors only.';
  const rows = [...fields].map(([column, field]) => [
    codeSpan(column),
    codeSpan(field),
    plainMarkdown(meaningOf(column)),
  ]);
  return [
    table(['here', 'in the target', 'what it holds'], rows),
    'Identifiers that are pseudonyms here are in the target what it stores.',
  ].join('\n\n');
};

const fixturesOf = ({ fixtures, fixtureFiles }: CardFacts): string => {
  const rows = fixtures.scenes.map(({ about, hits, records }) => [
    plainMarkdown(about),
    String(records),
    hits ? 'yes' : 'no',
  ]);
  return [
    ...(fixtureFiles.length === 0
      ? []
      : [`In ${fixtureFiles.map(codeSpan).join(', ')}; nothing in them is of a case.`]),
    ...(rows.length === 0 ? [] : [table(['what it shows', 'records', 'hits'], rows)]),
    ...(fixtures.notes.length === 0 ? [] : [listOf(fixtures.notes, '')]),
  ].join('\n\n');
};
