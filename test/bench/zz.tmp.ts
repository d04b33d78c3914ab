import { DuckDBInstance } from '@duckdb/node-api';
import { seededRandom } from '../../core/random/index.ts';
import { eventQuery } from '../../core/rules/export/sql/event-query.ts';
import { SQL_DIALECTS } from '../../core/rules/export/sql/dialects.ts';
import { fortyRules } from './rules-sql/forty-rules.ts';
import { generatedLog } from './rules-sql/generated-log.ts';
import { writeTables } from './rules-sql/tables.ts';
const d = SQL_DIALECTS[0]!;
const c = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
await writeTables(c, generatedLog(300_000, seededRandom(1)), '/tmp/r3');
for (const rule of fortyRules()) {
  if (rule.over !== 'events' || rule.window.kind !== 'sliding') continue;
  const out: string[] = [];
  for (const hasRanges of [true, false, true, false]) {
    const q = eventQuery(rule, { events: 'generated_events', features: 'generated_features', fields: new Map(), date: '' }, { ...d, hasRanges });
    const t = performance.now();
    const r = await c.runAndReadAll(q);
    out.push(`${Math.round(performance.now() - t)}(${r.currentRowCount})`);
  }
  console.log(rule.id, out.join(' '));
}
