import { NightjarError } from '../../../api/errors.ts';
import type { Rule } from '../../schema.ts';
import { columnsOf, featuresOf, filtersOf } from '../columns.ts';
import type { Exporter, ExportFile, ExportOptions, Translation } from '../exporter.ts';
import { meaningOf, ownFieldOf } from '../field-map.ts';
import { comparisonsOf, textsOf } from '../filters.ts';
import { actorQuery } from './actor-query.ts';
import { tableName, type SqlDialect } from './dialect.ts';
import { SQL_DIALECTS } from './dialects.ts';
import { eventQuery } from './event-query.ts';
import { commentLines, head } from './head.ts';
import { hasHidden } from './quoting.ts';

/** One exporter per SQL dialect: each query gives exactly the hits of the engine. */
export const SQL_EXPORTERS: readonly Exporter[] = SQL_DIALECTS.map((dialect) => ({
  name: `sql:${dialect.engine}`,
  title: `SQL for ${dialect.title}`,
  sentence: `One query per rule that ${dialect.title} runs over a table of events: a row for each hit.`,
  translate: (rule) => translate(rule),
  write: (rule, options) => {
    const translation = translate(rule);
    if (translation.kind === 'refused') {
      throw new NightjarError('usage', `Rule ${rule.id} cannot be said in SQL: ${translation.reasons.join(' ')}`, {
        where: rule.id,
        next: 'Change the rule, or export it to another target.',
      });
    }
    refuseOwnNames(options);
    const query = rule.over === 'events' ? eventQuery(rule, options, dialect) : actorQuery(rule, options, dialect);
    const text = `${head(rule, options, dialect)}${query}`;
    return [{ name: `${rule.id}.${dialect.engine}.sql`, text }, ...featureFile(rule, options, dialect)];
  },
}));

const translate = (rule: Rule): Translation => {
  const names = [...columnsOf(rule), ...featuresOf(rule)];
  const texts = comparedWith(rule);
  const reasons = [
    ...(names.includes('ts') ? ['The time of an event is not a column that a condition can name.'] : []),
    ...(names.some(hasHidden) ? ['The name of a column holds characters that nobody sees.'] : []),
    ...(texts.some((text) => text.includes('\0')) ? ['A text holds the character U+0000.'] : []),
    ...([...names, ...texts].some((text) => /\p{Surrogate}/u.test(text)) ? ['A text holds half of a character.'] : []),
  ];
  return reasons.length === 0 ? { kind: 'whole' } : { kind: 'refused', reasons };
};

/** Texts that its filters compare with. */
const comparedWith = (rule: Rule): readonly string[] => {
  if (rule.over === 'actors') return [];
  const filters = [rule.where, ...rule.exclusions.map(({ where }) => where), ...rule.when.flatMap(filtersOf)];
  return filters.flatMap(comparisonsOf).flatMap(textsOf);
};

/** A table called as a part of the query would be taken for it. */
const refuseOwnNames = ({ events, features }: ExportOptions): void => {
  for (const table of [events, features]) {
    if (!/^"?(seen|times_\d+|deltas|instants|chains_\d+|windows|features_read|actors)"?$/i.test(table)) continue;
    throw new NightjarError('usage', 'A table has a name that the exported query uses itself.', {
      where: table,
      next: 'Name the table together with its schema, as in main.events.',
    });
  }
};

/** The script for the features that a rule reads, under what it needs and what it leaves out. */
const featureFile = (rule: Rule, options: ExportOptions, dialect: SqlDialect): readonly ExportFile[] => {
  const { engine } = dialect;
  const names = featuresOf(rule);
  if (names.length === 0 || options.featureSql === undefined) return [];
  if (engine !== 'duckdb' && engine !== 'spark') return [];
  const events = tableName(dialect, options.events);
  const features = tableName(dialect, options.features);
  const fieldOf = (column: string): string => ownFieldOf(column, options);
  const { sql, reads, left } = options.featureSql({ names, engine, events, features, fieldOf });
  const columns = reads.map((column) => `${dialect.name(fieldOf(column))} (${meaningOf(column)})`);
  const words = [
    `The features that ${rule.id} reads: makes ${features} from ${events}, for ${dialect.title}.`,
    'Run it before the rule, over all events that the features are about: it replaces the table.',
    `Reads ${columns.join('; ')}.`,
    ...left.map(({ name, reason }) => `Not made here: ${name}, because ${reason}. Add the column by other means.`),
    '',
  ];
  return [{ name: `${rule.id}.features.${engine}.sql`, text: `${words.flatMap(commentLines).join('')}${sql}\n` }];
};
