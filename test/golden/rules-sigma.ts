/**
 * The Sigma documents and made-up records behind rules-sigma.json: `npx tsx test/golden/rules-sigma.ts FOLDER` writes them for
 * test/bench/peers/rules_sigma.py, which runs pySigma's SQLite over them; `… FOLDER ANSWER` makes rules-sigma.json of its answer.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seededRandom } from '../../core/random/index.ts';
import { ecsFieldOf } from '../../core/rules/export/field-map.ts';
import { EXPORTERS, fixturesOf, type Fixtures } from '../../core/rules/export/index.ts';
import type { EventRule } from '../../core/rules/schema.ts';
import { SIGMA_RULES } from '../rules/export/sample-rules.ts';

export type SigmaGolden = {
  readonly versions: Readonly<Record<string, string>>;
  /** Of each rule: the SHA-256 of its Sigma file and of its records, and what SQLite found: groups and times in µs. */
  readonly rules: Readonly<
    Record<string, { readonly sha256: string; readonly hits: readonly (readonly [readonly string[], number])[] }>
  >;
};

const OPTIONS = { events: 'events', features: 'features', fields: new Map<string, string>(), date: '2026-01-01' };

/** The file, the records under their ECS names, and our hits of a rule. */
export const sigmaSample = (
  rule: EventRule,
): { readonly file: string; readonly text: string; readonly running: EventRule; readonly fixtures: Fixtures; readonly sha256: string } => {
  const exporter = EXPORTERS.find(({ name }) => name === 'sigma');
  const translation = exporter?.translate(rule);
  if (exporter === undefined || translation === undefined || translation.kind === 'refused') throw new Error(`refused: ${rule.id}`);
  const running = translation.kind === 'narrowed' ? translation.rule : rule;
  const [file] = exporter.write(running, OPTIONS);
  if (file === undefined || running.over !== 'events') throw new Error(`nothing was written: ${rule.id}`);
  const fixtures = fixturesOf(running, seededRandom(7), undefined, { exactAge: false });
  const sha256 = createHash('sha256').update(file.text).update(JSON.stringify(fixtures.events)).digest('hex');
  return { file: file.name, text: file.text, running, fixtures, sha256 };
};

const main = (folder: string, answer: string | undefined): void => {
  const samples = SIGMA_RULES.map((rule) => ({ id: rule.id, ...sigmaSample(rule) }));
  if (answer === undefined) {
    mkdirSync(folder, { recursive: true });
    for (const { file, text } of samples) writeFileSync(join(folder, file), text);
    const field = (column: string): string => ecsFieldOf(column, OPTIONS);
    const events = (records: Fixtures['events']): unknown[] =>
      records.map((record) => Object.fromEntries(Object.entries(record).map(([column, value]) => [field(column), value])));
    const tables = Object.fromEntries(samples.map(({ id, fixtures }) => [id, { events: events(fixtures.events), time: field('ts') }]));
    const cases = samples.map(({ id, file, running }) => ({ file, table: id, groupBy: running.groupBy.map(field) }));
    writeFileSync(join(folder, 'request.json'), JSON.stringify({ folder, tables, cases }));
    return;
  }
  const { answers } = JSON.parse(readFileSync(answer, 'utf8')) as { answers: { hits: [string[], number][] }[] };
  const golden: SigmaGolden = {
    versions: { pySigma: '1.5.1', 'pysigma-backend-sqlite': '2.0.0' },
    rules: Object.fromEntries(samples.map(({ id, sha256 }, i) => [id, { sha256, hits: answers[i]?.hits ?? [] }])),
  };
  writeFileSync(new URL('rules-sigma.json', import.meta.url), `${JSON.stringify(golden)}\n`);
};

const [, script, folder, answer] = process.argv;
if (script !== undefined && folder !== undefined && pathToFileURL(script).href === import.meta.url) main(folder, answer);
