import type { ActorRule } from '../../schema.ts';
import type { ExportOptions } from '../exporter.ts';
import { actorsPart, featureConditions } from './actors.ts';
import { isBefore } from './before.ts';
import type { SqlDialect } from './dialect.ts';
import { notTrue } from './filter.ts';
import { select, where } from './select.ts';

/**
 * The query of a rule over actors: one row per hit with `rule` and `actor_id`. It has no moment; whether it has expired, and
 * which exclusions have ended, is told by the clock of the engine.
 */
export const actorQuery = (rule: ActorRule, options: ExportOptions, dialect: SqlDialect): string => {
  const { parts, holds } = actorsPart(featureConditions(rule), options.features, dialect);
  const conditions = [
    ...rule.when.map(holds),
    ...rule.exclusions.map((each) =>
      notTrue([...each.when.map(holds), isBefore(dialect.now, each.ends)].join(' AND ')),
    ),
    ...(rule.expires === null ? [] : [isBefore(dialect.now, rule.expires)]),
  ];
  return lines([
    `WITH ${parts.join(',\n')}`,
    ...select([
      [dialect.name('rule'), dialect.text(rule.id)],
      [dialect.name('actor_id'), 'a.actor'],
    ]),
    'FROM actors AS a',
    ...where(conditions),
  ]);
};

const lines = (of: readonly string[]): string => `${of.join('\n')};\n`;
