import { printRule } from '../../text/print-rule.ts';
import type { Rule } from '../../schema.ts';
import { columnsOf, featuresOf } from '../columns.ts';
import type { ExportOptions } from '../exporter.ts';
import { typeOfColumn } from './event-source.ts';
import { tableName, type SqlDialect } from './dialect.ts';

/** What stands above a query: the rule as text, the columns its tables need, and what comes out. */
export const head = (rule: Rule, options: ExportOptions, dialect: SqlDialect): string => {
  const features = featuresOf(rule);
  const columns = ['ts', ...columnsOf(rule)].map((name) => {
    const type = name === 'ts' ? undefined : typeOfColumn(name);
    return `${dialect.name(options.fields.get(name) ?? name)}${type === undefined ? '' : ` (${type})`}`;
  });
  const tables = [
    ...(rule.over === 'events' ? [`Events: ${tableName(dialect, options.events)} with ${columns.join(', ')}.`] : []),
    ...(features.length === 0
      ? []
      : [
          `Features: ${tableName(dialect, options.features)}, one row per actor, with ` +
            `${['actor_id', ...features].map(dialect.name).join(', ')} (numbers but for the first).`,
        ]),
  ];
  const notes = rule.over === 'events' ? dialect.notes : dialect.notes.filter((note) => !note.startsWith('ts:'));
  const result =
    rule.over === 'events'
      ? `Result: one row per hit: rule, ${rule.groupBy.join(', ')}, at (microseconds since 1970 UTC), at_time (for people).`
      : 'Result: one row per hit: rule, actor_id.';
  return [...printRule(rule).trimEnd().split('\n'), '', `For ${dialect.title}.`, ...tables, ...notes, result, '']
    .flatMap(commentLines)
    .join('');
};

/** A text as SQL comments that nothing in it can end: on one line each, and without what shells and templates replace. */
export const commentLines = (text: string): readonly string[] =>
  text
    .split(LINE_END)
    .map((line) => `-- ${line.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').replaceAll(/([$&{]){/g, '$1 {')}`.trimEnd() + '\n');

const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
