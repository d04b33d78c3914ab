/**
 * Exported Sigma, held against pySigma: every document by the official schema and `sigma check --fail-on-issues`, conversion to
 * SPL and ES|QL, and what pySigma's SQLite backend finds among made-up records of each rule, beside our engine. Then rules made
 * from the events of known attack techniques in CloudTrail: how many of these they find, and how many others.
 * `npx tsx test/bench/rules-sigma.ts [--data DIR]`. Prints Markdown and writes results/rules-sigma.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { seededRandom } from '../../core/random/index.ts';
import { EXPORTERS, fixturesOf, type Exporter } from '../../core/rules/export/index.ts';
import { batchOf } from '../../core/rules/export/fixtures/index.ts';
import { ecsFieldOf } from '../../core/rules/export/field-map.ts';
import { induceFromEvents } from '../../core/rules/induce/index.ts';
import type { EventBatch, EventRule, Hit } from '../../core/rules/schema.ts';
import { SIGMA_RULES } from '../rules/export/sample-rules.ts';
import { benchOptions, hasData } from './harness/options.ts';
import { installPeers, runPython, versionsOf } from './harness/python.ts';
import { figureOf, printFigures, printTable, writeResult } from './harness/result.ts';
import { inTemporaryFolder } from './harness/temporary.ts';
import { type CloudEvent, type CloudLog, invictusLog, stratusLog } from './rules-sigma/cloud.ts';

const PEERS = [
  'pySigma',
  'sigma-cli',
  'pysigma-backend-sqlite',
  'pysigma-backend-splunk',
  'pysigma-backend-elasticsearch',
] as const;
const OPTIONS = { events: 'events', features: 'features', fields: new Map<string, string>(), date: '2026-01-01' };

type Table = { readonly events: readonly CloudEvent[]; readonly time: string };
type Case = { readonly file: string; readonly table: string | null; readonly groupBy: readonly string[] };
type Request = { readonly tables: Readonly<Record<string, Table>>; readonly cases: readonly Case[] };

const query = z.union([z.object({ query: z.string() }), z.object({ error: z.string() })]);
const answers = z.object({
  check: z.object({ code: z.number(), text: z.string() }),
  answers: z.array(
    z.object({
      splunk: query,
      esql: query,
      hits: z.array(z.tuple([z.array(z.string()), z.number()])).optional(),
      found: z.array(z.number()).optional(),
    }),
  ),
});

const askPySigma = async (folder: string, request: Request): Promise<z.infer<typeof answers>> => {
  const input = join(folder, 'request.json');
  writeFileSync(input, JSON.stringify({ folder, ...request }));
  return answers.parse(await runPython('rules_sigma', { input }));
};

const inFields = (event: CloudEvent): CloudEvent =>
  Object.fromEntries(Object.entries(event).map(([column, value]) => [ecsFieldOf(column, OPTIONS), value]));

/** Writes the rule as the exporter does; the rule that then runs, or undefined where it is refused. */
const write = (
  rule: EventRule,
  exporter: Exporter,
  folder: string,
): { readonly rule: EventRule; readonly file: string } | undefined => {
  const translation = exporter.translate(rule);
  if (translation.kind === 'refused') return undefined;
  const running = translation.kind === 'narrowed' ? translation.rule : rule;
  const [file] = exporter.write(running, OPTIONS);
  if (file === undefined || running.over !== 'events') throw new TypeError('nothing was written');
  writeFileSync(join(folder, file.name), file.text);
  return { rule: running, file: file.name };
};

const groupFields = (rule: EventRule): readonly string[] => rule.groupBy.map((column) => ecsFieldOf(column, OPTIONS));

type Held = {
  readonly target: string;
  readonly said: number;
  readonly isChecked: boolean;
  readonly splunk: number;
  readonly esql: number;
  /** Rules that SQLite finds exactly our hits for, and these hits; null where SQLite does not run the target's windows. */
  readonly equal: number | null;
  readonly hits: number;
};

/** All rules of a target: how many are said, pass the check, convert, and find in SQLite what our engine finds. */
const holdTarget = async (exporter: Exporter, parent: string): Promise<Held> => {
  const folder = join(parent, exporter.name.replace(':', '-'));
  mkdirSync(folder);
  // SQLite lets windows slide: it runs what is written for windows that slide.
  const isRun = exporter.name === 'sigma';
  const tables: Record<string, Table> = {};
  const cases: Case[] = [];
  const hits: (readonly Hit[])[] = [];
  for (const sample of SIGMA_RULES) {
    const written = write(sample, exporter, folder);
    if (written === undefined) continue;
    // Sigma does not say whether an event exactly as old as the window counts: the records do not ask.
    const fixtures = fixturesOf(written.rule, seededRandom(7), undefined, { exactAge: false });
    if (isRun) tables[sample.id] = { events: fixtures.events.map(inFields), time: ecsFieldOf('ts', OPTIONS) };
    cases.push({ file: written.file, table: isRun ? sample.id : null, groupBy: groupFields(written.rule) });
    hits.push(fixtures.hits);
  }
  const { check, answers: found } = await askPySigma(folder, { tables, cases });
  if (check.code !== 0) console.log(check.text);
  const converted = (target: 'splunk' | 'esql'): number => found.filter((answer) => 'query' in answer[target]).length;
  const isEqual = found.map((answer, i) =>
    isDeepStrictEqual(
      answer.hits,
      hits[i]?.map(({ group, at }) => [group, at]),
    ),
  );
  const wrong = cases.filter((_, i) => isRun && !isEqual[i]).map(({ file }) => file);
  if (wrong.length > 0) console.log(`Other hits in SQLite: ${wrong.join(', ')}`);
  return {
    target: exporter.name,
    said: cases.length,
    isChecked: check.code === 0,
    splunk: converted('splunk'),
    esql: converted('esql'),
    equal: isRun ? cases.length - wrong.length : null,
    hits: isRun ? hits.reduce((sum, each) => sum + each.length, 0) : 0,
  };
};

type Caught = { readonly cause: string; readonly events: number; readonly found: number; readonly others: number };

/** What tells how somebody behaves: no identifier of anything, no region, no client. */
const BEHAVIOUR = [
  'ts',
  'actor_id',
  'action',
  'object_type',
  'outcome',
  'c_identity_type',
  'm_is_read_only',
  'm_has_mfa',
];

const behaviour = (event: CloudEvent): CloudEvent =>
  Object.fromEntries(Object.entries(event).filter(([column]) => BEHAVIOUR.includes(column)));

/** A rule from the events of each technique, run over the events of all techniques and over an account's log. */
const holdTechniques = async (
  stratus: CloudLog,
  invictus: CloudLog,
  exporter: Exporter,
  parent: string,
): Promise<{ readonly own: readonly Caught[]; readonly account: readonly Caught[] }> => {
  const folder = join(parent, 'techniques');
  mkdirSync(folder);
  const causes = [...new Set(stratus.causes)].filter((cause) => cause !== null).sort();
  const files = causes.map((cause, i) => {
    const batches = (own: boolean): readonly EventBatch[] => [
      batchOf(stratus.events.filter((_, k) => (stratus.causes[k] === cause) === own).map(behaviour)),
    ];
    // Each technique was played by one identity: nothing in its rule can be about ten.
    const { rule } = induceFromEvents({ positive: batches(true), other: batches(false), k: 1 });
    if (rule === null) throw new TypeError(`no rule was found for ${cause}`);
    const written = write({ ...rule, id: `technique_${i}`, title: cause }, exporter, folder);
    if (written === undefined) throw new TypeError(`Sigma refuses the rule of ${cause}`);
    return { file: written.file, groupBy: groupFields(written.rule) };
  });
  const logs = [stratus, invictus];
  const tables = Object.fromEntries(
    logs.map(({ name, events }) => [name, { events: events.map(inFields), time: ecsFieldOf('ts', OPTIONS) }]),
  );
  const cases = logs.flatMap(({ name }) => files.map((file) => ({ ...file, table: name })));
  const { check, answers: found } = await askPySigma(folder, { tables, cases });
  if (check.code !== 0) throw new Error(check.text);
  const caught = (log: CloudLog, from: number, own: (cause: string) => string): readonly Caught[] =>
    causes.map((cause, i) => {
      const hit = found[from + i]?.found ?? [];
      const isOwn = (k: number): boolean => log.causes[k] === own(cause);
      return {
        cause,
        events: log.events.filter((_, k) => isOwn(k)).length,
        found: hit.filter(isOwn).length,
        others: hit.filter((k) => !isOwn(k)).length,
      };
    });
  return { own: caught(stratus, 0, (cause) => cause), account: caught(invictus, causes.length, () => 'detonation') };
};

const { data } = benchOptions({});

await inTemporaryFolder(async (folder) => {
  const peers = await installPeers(PEERS);
  if (peers.length < PEERS.length) return;
  const targets = EXPORTERS.filter(({ name }) => name === 'sigma' || name.startsWith('sigma:'));
  const held: Held[] = [];
  for (const exporter of targets) held.push(await holdTarget(exporter, folder));
  const head = ['target', 'rules said', 'pass sigma check', 'to SPL', 'to ES|QL', 'same hits in SQLite'];
  const rows = held.map(({ target, said, isChecked, splunk, esql, equal, hits }) => [
    target,
    `${said} of ${SIGMA_RULES.length}`,
    isChecked ? 'all' : 'not all',
    String(splunk),
    String(esql),
    equal === null ? '' : `${equal} of ${said} (${hits} hits)`,
  ]);
  printTable('Rules of every kind as Sigma', head, rows);
  const figures = held.flatMap(({ target, said, splunk, esql, equal }) => [
    figureOf(`${target}: rules that are said`, 'rules', [said]),
    figureOf(`${target}: rules that convert to SPL`, 'rules', [splunk]),
    figureOf(`${target}: rules that convert to ES|QL`, 'rules', [esql]),
    ...(equal === null ? [] : [figureOf(`${target}: rules with the same hits in SQLite`, 'rules', [equal])]),
  ]);

  const sigma = targets.find(({ name }) => name === 'sigma');
  const logs = join(data, 'logs');
  if (sigma === undefined || !hasData(logs)) return;
  const { own, account } = await holdTechniques(await stratusLog(logs, folder), invictusLog(logs), sigma, folder);
  const lines = own.map(({ cause, events, found, others }, i) => {
    const other = account[i];
    return [cause, `${found} of ${events}`, String(others), String(other?.found ?? 0), String(other?.others ?? 0)];
  });
  const columns = [
    'technique',
    'its events found',
    'events of others',
    'in an account: of detonations',
    'of nobody’s detonation',
  ];
  printTable(
    'A rule from the events of each technique (cloud_stratus), and over the log of an account (cloud_invictus)',
    columns,
    lines,
  );
  const sum = (count: (each: Caught) => number, all = own): number =>
    all.reduce((total, each) => total + count(each), 0);
  figures.push(
    figureOf('cloud_stratus: techniques', 'rules', [own.length]),
    figureOf('cloud_stratus: rules that find no event of another technique', 'rules', [
      own.filter(({ others }) => others === 0).length,
    ]),
    figureOf('cloud_stratus: rules that find an event of their technique', 'rules', [
      own.filter(({ found }) => found > 0).length,
    ]),
    figureOf('cloud_stratus: events of other techniques found', 'events', [sum(({ others }) => others)]),
    figureOf('cloud_stratus: events of its technique that a rule finds', '%', [
      (100 * sum(({ found }) => found)) / sum(({ events }) => events),
    ]),
    figureOf('cloud_invictus: events of detonations that these rules find', 'events', [
      sum(({ found }) => found, account),
    ]),
    figureOf('cloud_invictus: events of nobody’s detonation that they find', 'events', [
      sum(({ others }) => others, account),
    ]),
  );
  printFigures('Sigma', figures);
  writeResult('rules-sigma', versionsOf(PEERS), figures, { rules: held, techniques: own, account });
});
