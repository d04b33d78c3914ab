import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeKeyFile } from '../../core/api/release/index.ts';
import { createSavedRules } from '../../core/api/rules/saved.ts';
import { createCase, detectFiles } from '../../core/index.ts';
import { readColumns, textColumn } from '../../core/store/index.ts';
import { WHO_MAY_CALL, type Role } from '../../core/api/roles.ts';
import { startServer, type AppServer } from '../../main/server/server.ts';
import { writeLog } from '../api/logs.ts';
import { connectTo } from './support/client.ts';
import { everyCall, NAMING_RULE_ID, PLAIN_RULE } from './support/every-call.ts';
import { testSettings } from './support/settings.ts';
import { temporaryFolder } from './support/temporary.ts';

const home = temporaryFolder();
const directory = join(home, 'case');
let log: string;
let caseId: string;
let pseudonyms: readonly string[];

/** A ranked case with decisions, and every pseudonym it holds. */
beforeAll(async () => {
  log = writeLog(home);
  mkdirSync(join(home, 'out'));
  await makeKeyFile(join(home, 'ana.key'), 'Ana');
  const opened = await createCase(directory, { keyringPath: join(home, 'keyring'), threads: 1 });
  caseId = opened.id;
  await detectFiles(opened, { inputs: [log], detectors: ['isolationForest'], threads: 1 });
  const sql = 'SELECT DISTINCT unnest([actor_id, ip]) AS value FROM events';
  pseudonyms = textColumn(await readColumns(opened.connection, sql), 'value').map(String);
  const decisions = `actor,verdict\n${pseudonyms[0]},benign\n`;
  writeFileSync(join(home, 'decisions.csv'), decisions);
  const rules = await createSavedRules(opened);
  const text = PLAIN_RULE.replace('rule many', `rule ${NAMING_RULE_ID}`).replace(
    'in each',
    `over events where actor_id = "${pseudonyms[0]}"\nin each`,
  );
  const title = `about ${pseudonyms[0]}`;
  await rules.save(
    [{ id: NAMING_RULE_ID, title, author: 'A', text: text.replace('Many in a day', title) }],
    title,
    null,
  );
  await rules.close();
  await opened.close();
}, 60_000);

/** Everything an answer says, whatever it is made of: tables and files as bytes, streams by their first values. */
const said = async (answer: unknown): Promise<string> => {
  if (answer instanceof Error) return `${answer.message} ${JSON.stringify(answer)}`;
  if (answer instanceof Blob) return Buffer.from(await answer.arrayBuffer()).toString('latin1');
  if (typeof answer !== 'object' || answer === null) return String(answer);
  if (Symbol.asyncIterator in answer) {
    const values: string[] = [];
    for await (const value of answer as AsyncIterable<unknown>) {
      values.push(await said(value));
      if (values.length === 1) break;
    }
    return values.join('\n');
  }
  const parts = await Promise.all(Object.entries(answer).map(async ([key, value]) => `${key}: ${await said(value)}`));
  return parts.join('\n');
};

const at = (value: unknown, key: string): unknown =>
  (typeof value === 'object' && value !== null) || typeof value === 'function' ? Reflect.get(value, key) : undefined;

const jobsEnded = async ({ jobs }: Awaited<ReturnType<typeof connectTo>>['client']): Promise<void> => {
  for await (const state of await jobs.watch()) if (state.jobs.every(({ endedAt }) => endedAt !== null)) return;
};

/** Calls that start a job. */
const STARTS = new Set(['risk.assess', 'privacy.startAudit', 'rules.startBacktest', 'rules.startSuggest']);

type Heard = { readonly name: string; readonly said: string; readonly code: unknown };

/** Calls everything in the contract over the loopback server, as a page of that role could. */
const sweep = async (role: Role): Promise<readonly Heard[]> => {
  const server: AppServer = await startServer({
    settings: { ...testSettings(home), role },
    first: { kind: 'case', directory },
    pageDirectory: join(home, 'page'),
    spoolDirectory: join(home, `spool-${role}`),
    say: () => undefined,
  });
  const heard: Heard[] = [];
  try {
    await server.host.ready();
    const grant = async (path: string, kind: 'file' | 'folder' | 'save'): Promise<string> =>
      (await server.host.grant(path, kind)).id;
    const line = await connectTo(server);
    const calls = everyCall({
      actor: pseudonyms[0] ?? '',
      log: await grant(log, 'file'),
      folder: await grant(join(home, 'out'), 'folder'),
      decisions: await grant(join(home, 'decisions.csv'), 'file'),
      recent: caseId,
      key: await grant(join(home, 'ana.key'), 'file'),
      saveRelease: await grant(join(home, `release-${role}.json`), 'save'),
      release: await grant(join(home, `release-${role}.json`), 'file'),
    });
    const answers = new Map<string, unknown>();
    for (const [name, made] of calls) {
      const input: unknown = typeof made === 'function' ? made((of: string) => answers.get(of)) : made;
      let place: unknown = line.client;
      for (const part of name.split('.')) place = at(place, part);
      if (typeof place !== 'function') throw new Error(`${name} is no procedure`);
      const call = place as (input: unknown) => Promise<unknown>;
      const answer = await call(input).catch((error: unknown) => error);
      answers.set(name, answer);
      if (STARTS.has(name)) await jobsEnded(line.client); // the calls after it want to start another, or change the case
      heard.push({ name, said: await said(answer), code: answer instanceof Error ? at(answer, 'code') : null });
    }
    line.close();
  } finally {
    await server.close();
  }
  return heard;
};

const telling = (heard: readonly Heard[]): string[] => [
  ...new Set(heard.filter((each) => pseudonyms.some((token) => each.said.includes(token))).map(({ name }) => name)),
];

describe('a session over the loopback server', () => {
  test('of a reviewer obtains no pseudonym and no identifier by calling everything in the contract', async () => {
    expect(pseudonyms.length).toBeGreaterThan(80);
    const heard = await sweep('reviewer');
    expect(telling(heard)).toEqual([]);
    expect(heard.filter((each) => /@example\.org|192\.0\.2\.|198\.51\.100\./u.test(each.said))).toEqual([]);
    for (const { name, said: text, code } of heard) {
      if (WHO_MAY_CALL[name]?.includes('reviewer')) {
        expect(text, name).not.toContain('no view of single actors');
        expect(code, name).toBeNull();
      } else {
        expect([name, code]).toEqual([name, 'usage']);
        expect(text, name).toContain('no view of single actors');
      }
    }
    expect(readdirSync(join(home, 'out'))).toEqual([]);
  }, 120_000);

  test('of an investigator obtains them: the sweep above can fail', async () => {
    const heard = await sweep('investigator');
    expect(telling(heard)).toEqual(
      expect.arrayContaining([
        'explore.queue',
        'explore.exportCsv',
        'explore.exportEventsCsv',
        'explore.actor',
        'decisions.set',
        'decisions.list',
        'decisions.exportCsv',
        'rules.get',
        'rules.hits',
        'rules.impact',
        'rules.lastBacktest',
      ]),
    );
    expect(heard.some((each) => each.name === 'import.inspect' && each.code === null)).toBe(true);
  }, 120_000);
});
