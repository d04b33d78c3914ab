/**
 * Exported SQL rules on engines that are here, each query as it is exported: hits that differ from those of our engine, over
 * generated events and boundary cases, and times. What is not here is parsed by sqlglot, written for DuckDB and run there.
 * `npx tsx test/bench/rules-sql.ts [--rows N] [--cases N]`. Prints Markdown and writes results/rules-sql.json.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, version as duckdbVersion, type DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { seededRandom } from '../../core/random/index.ts';
import { SQL_EXPORTERS } from '../../core/rules/export/sql/index.ts';
import { runRules } from '../../core/rules/run/index.ts';
import type { Hit, Rule } from '../../core/rules/schema.ts';
import { benchOptions } from './harness/options.ts';
import { installPeers, runPython } from './harness/python.ts';
import { figureOf, printFigures, printTable, writeResult, type Figure } from './harness/result.ts';
import { run } from './harness/run.ts';
import { inTemporaryFolder } from './harness/temporary.ts';
import { boundaryCases } from './rules-sql/boundary-logs.ts';
import { fortyRules } from './rules-sql/forty-rules.ts';
import { generatedLog, type Log } from './rules-sql/generated-log.ts';
import { writeTables } from './rules-sql/tables.ts';

const { numbers } = benchOptions({ rows: 1_000_000, cases: 120 });
const DAY = new Date().toISOString().slice(0, 10);

const DUCKDB = 'duckdb';
/** Engines that run here where they can be had, and those whose queries are read by sqlglot and run by DuckDB. */
const RUN = ['sqlite', 'postgres', 'spark', 'clickhouse'] as const;
const READ = ['bigquery', 'snowflake', 'trino'] as const;

/** One rule over one log, and the hits of our engine as lines. */
type Query = { readonly rule: Rule; readonly log: Log; readonly ours: ReadonlySet<string>; readonly isLarge: boolean };
type Outcome = { readonly ms: number; readonly hits: readonly string[] } | { readonly error: string };
type Answer = { readonly version: string; readonly loadMs: number; readonly outcomes: readonly Outcome[] };

const lineOf = (group: readonly string[], at: number | null): string => JSON.stringify([group, at]);
const linesOf = (hits: readonly Hit[]): ReadonlySet<string> => new Set(hits.map(({ group, at }) => lineOf(group, at)));
const groupOf = (rule: Rule): readonly string[] => (rule.over === 'actors' ? ['actor_id'] : rule.groupBy);
const fileOf = (k: number, engine: string): string => `q${k}.${engine}.sql`;

const largeQueries = async (): Promise<{ readonly queries: readonly Query[]; readonly ms: number }> => {
  const log = generatedLog(numbers.rows, seededRandom(1));
  const rules = fortyRules();
  const startedAt = performance.now();
  const { hits } = await runRules(rules, [log.events], { features: log.features, day: DAY });
  const ms = performance.now() - startedAt;
  const byRule = new Map<string, Hit[]>(rules.map(({ id }) => [id, []]));
  for (const hit of hits) byRule.get(hit.rule)?.push(hit);
  return {
    queries: rules.map((rule) => ({ rule, log, ours: linesOf(byRule.get(rule.id) ?? []), isLarge: true })),
    ms,
  };
};

/** The boundary cases, and in how many of them our engine finds something else than docs/rules.md says. */
const edgeQueries = async (): Promise<{ readonly queries: readonly Query[]; readonly wrong: number }> => {
  const queries: Query[] = [];
  let wrong = 0;
  for (const { log, rule, expected } of boundaryCases(numbers.cases, Date.parse(DAY) * 1000)) {
    const { hits } = await runRules([rule], [log.events], { features: log.features, day: DAY });
    const ours = linesOf(hits);
    if (differing(ours, linesOf(expected)) > 0) wrong++;
    queries.push({ rule, log, ours, isLarge: false });
  }
  return { queries, wrong };
};

const differing = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((line) => !b.has(line)).length + [...b].filter((line) => !a.has(line)).length;

const prepare = async (queries: readonly Query[], folder: string, connection: DuckDBConnection): Promise<void> => {
  const logs = [...new Set(queries.map(({ log }) => log))];
  for (const log of logs) await writeTables(connection, log, folder);
  queries.forEach(({ rule, log }, k) => {
    for (const exporter of SQL_EXPORTERS) {
      const [file] = exporter.write(rule, {
        events: `${log.name}_events`,
        features: `${log.name}_features`,
        fields: new Map(),
        date: DAY,
      });
      writeFileSync(join(folder, fileOf(k, exporter.name.slice('sql:'.length))), file?.text ?? '');
    }
  });
  const engines = SQL_EXPORTERS.map(({ name }) => name.slice('sql:'.length));
  const work = {
    logs: logs.map(({ name, types, features }) => ({ name, columns: types, features: [...features.columns.keys()] })),
    queries: queries.map(({ rule }, k) => ({
      groups: groupOf(rule).length,
      timed: rule.over === 'events',
      file: Object.fromEntries(engines.map((engine) => [engine, fileOf(k, engine)])),
    })),
  };
  writeFileSync(join(folder, 'work.json'), JSON.stringify(work));
};

const inDuckdb = async (
  queries: readonly Query[],
  connection: DuckDBConnection,
  textOf: (k: number) => string,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const [k, { rule }] of queries.entries()) {
    try {
      const startedAt = performance.now();
      const reader = await connection.runAndReadAll(textOf(k));
      const ms = performance.now() - startedAt;
      // By place: some dialects write the names in upper case.
      const groups = groupOf(rule).length;
      const hits = reader.getRows().map((row) => {
        const keys = row.slice(1, groups + 1).map(String);
        return lineOf(keys, rule.over === 'events' ? Number(row[groups + 1]) : null);
      });
      outcomes.push({ ms, hits });
    } catch (error) {
      outcomes.push({ error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) });
    }
  }
  return outcomes;
};

const ANSWER = z.object({
  version: z.string(),
  loadMs: z.number(),
  queries: z.array(z.union([z.object({ ms: z.number() }), z.object({ error: z.string() })])),
});
const LINE = z.tuple([z.number(), z.array(z.string()), z.number().nullable()]);

const inPeer = async (engine: string, folder: string, more: Readonly<Record<string, string>> = {}): Promise<Answer> => {
  const { version, loadMs, queries } = ANSWER.parse(await runPython('rules_sql', { engine, folder, ...more }));
  const hits = queries.map((): string[] => []);
  for (const line of readFileSync(join(folder, `hits.${engine}.ndjson`), 'utf8').split('\n')) {
    if (line === '') continue;
    const [k, group, at] = LINE.parse(JSON.parse(line));
    hits[k]?.push(lineOf(group, at));
  }
  return {
    version,
    loadMs,
    outcomes: queries.map((each, k) => ('error' in each ? each : { ...each, hits: hits[k] ?? [] })),
  };
};

/** What a peer is handed beside the work; or why it cannot run here. */
const needsOf = async (engine: (typeof RUN)[number]): Promise<Readonly<Record<string, string>> | string> => {
  if (engine === 'spark') {
    if (!(await has('java', '-version'))) return 'there is no java';
    return (await installPeers(['pyspark'])).length === 1 ? {} : 'pyspark cannot be installed';
  }
  if (engine === 'clickhouse') return (await installPeers(['chdb'])).length === 1 ? {} : 'chdb cannot be installed';
  if (engine === 'sqlite') return {};
  const binaries = serverFolder();
  if (binaries === undefined) return 'there is no PostgreSQL server';
  if (!(await has('psql', '--version'))) return 'there is no psql';
  // The server refuses to run as root.
  return { binaries, account: process.getuid?.() === 0 ? 'postgres' : '' };
};

const has = async (command: string, argument: string): Promise<boolean> => {
  try {
    return (await run(command, [argument])).code === 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
};

/** Where Debian and others put the server's programs: the newest. */
const serverFolder = (): string | undefined => {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((name) => join(debian, name, 'bin')), '/usr/local/bin', '/usr/bin'].find((folder) =>
    existsSync(join(folder, 'initdb')),
  );
};

const figures: Figure[] = [];
const rows: string[][] = [];
const failures: string[] = [];
const versions: Record<string, string> = {};

const judge = (engine: string, how: string, queries: readonly Query[], { version, loadMs, outcomes }: Answer): void => {
  const line = [engine, `${how} (${version})`];
  versions[how === 'run' ? engine : 'sqlglot'] = version;
  for (const isLarge of [true, false]) {
    let [ours, theirs, different, errors, ms] = [0, 0, 0, 0, 0];
    queries.forEach((query, k) => {
      const outcome = outcomes[k];
      if (query.isLarge !== isLarge || outcome === undefined) return;
      ours += query.ours.size;
      if ('error' in outcome) {
        errors++;
        failures.push(`${engine}, ${query.log.name}, ${query.rule.id}: ${outcome.error}`);
        return;
      }
      theirs += outcome.hits.length;
      ms += outcome.ms;
      const found = differing(query.ours, new Set(outcome.hits)) + (outcome.hits.length - new Set(outcome.hits).size);
      different += found;
      if (found > 0) failures.push(`${engine}, ${query.log.name}, ${query.rule.id}: ${found} hits differ`);
    });
    const where = isLarge ? 'generated events' : 'boundary cases';
    line.push(String(ours), String(theirs), String(different), String(errors), isLarge ? (ms / 1000).toFixed(1) : '');
    figures.push(
      figureOf(`${engine} (${how}), ${where}: hits that differ`, 'hits', [different]),
      figureOf(`${engine} (${how}), ${where}: queries that fail`, 'queries', [errors]),
    );
    if (isLarge) figures.push(figureOf(`${engine} (${how}), ${where}: all queries`, 's', [ms / 1000]));
  }
  rows.push([...line, (loadMs / 1000).toFixed(1)]);
};

await installPeers(['pyarrow']);
const missing: string[] = [];
await inTemporaryFolder(async (folder) => {
  const large = await largeQueries();
  const edges = await edgeQueries();
  const queries = [...large.queries, ...edges.queries];
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await prepare(queries, folder, connection);
  // The one function of Trino's that sqlglot leaves as it is.
  await connection.run('CREATE MACRO from_unixtime_nanos(n) AS make_timestamp(n // 1000)');
  const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
  figures.push(
    figureOf('our engine, boundary cases: rules whose hits are not those of docs/rules.md', 'rules', [edges.wrong]),
    figureOf('our engine, generated events: all rules at once', 's', [large.ms / 1000]),
  );

  const outcomes = await inDuckdb(queries, connection, (k) => textOf(fileOf(k, DUCKDB)));
  judge(DUCKDB, 'run', queries, { version: duckdbVersion(), loadMs: 0, outcomes });
  for (const engine of RUN) {
    const needs = await needsOf(engine);
    if (typeof needs === 'string') missing.push(`${engine} is left out: ${needs}.`);
    else judge(engine, 'run', queries, await inPeer(engine, folder, needs));
  }
  if ((await installPeers(['sqlglot'])).length === 0) missing.push(`${READ.join(', ')} are left out: no sqlglot.`);
  else {
    for (const engine of READ) {
      const read = await inPeer(engine, folder);
      const ran = await inDuckdb(queries, connection, (k) => textOf(`${fileOf(k, engine)}.duckdb`));
      const both = read.outcomes.map((outcome, k) => ('error' in outcome ? outcome : (ran[k] ?? outcome)));
      judge(engine, 'read by sqlglot, run by DuckDB', queries, { ...read, outcomes: both });
    }
  }
  connection.closeSync();

  printTable(
    `${large.queries.length} rules over ${numbers.rows} generated events (our engine, all at once: ${(large.ms / 1000).toFixed(1)} s), ${edges.queries.length} boundary cases`,
    [
      'dialect',
      'how',
      'hits ours',
      'theirs',
      'differing',
      'failed',
      's',
      'edge hits ours',
      'theirs',
      'differing',
      'failed',
      '',
      'load s',
    ],
    rows,
  );
  printFigures('Exported SQL', figures);
  for (const line of [...missing, ...failures.slice(0, 40)]) console.log(line);
  writeResult('rules-sql', versions, figures, {
    missing,
    failures: failures.slice(0, 40),
  });
  if (failures.length > 0 || edges.wrong > 0) process.exitCode = 1;
});
