/**
 * No string of the raw input, no byte of a key and no unreleased count in anything that a release, a request, a refusal, a
 * failure, a ledger, a journal, a check, an audit or the page says or writes. Counts are looked for as whole numbers; noise
 * is 10^9 wide, so that a released number is one of them by chance with probability below 1e-6 in the whole run.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NightjarError, openCase } from '../../core/index.ts';
import { numberColumn, readColumns } from '../../core/store/index.ts';
import { clientOf, engineIn } from '../api/support.ts';
import { TRUE_COUNTS, writeCountedLog } from './counted-log.ts';
import { address, MARK } from './identity-logs.ts';
import { bytesBelow, encodingsOf } from './needles.ts';
import { nightjar, workshop } from './support.ts';

/** Whatever was said or written, by where. */
type Said = { readonly where: string; readonly text: Buffer; readonly isRelease: boolean };

const shop = workshop();
afterAll(shop.remove);
const at = (name: string): string => join(shop.directory, name);
const directory = at('case');
const keyringPath = join(at('configuration'), 'nightjar', 'keyring');
const said: Said[] = [];
const secrets: { readonly name: string; readonly bytes: Buffer }[] = [];

const TINY = '0.000000001';
const each = { groupsPerActor: 1, rowsPerGroup: 2 };
const by = [{ column: 'country', keys: ['DE', 'FR', 'IT'] }];
const amounts = { ...each, value: [0, 20], step: 1 };
const GOOD: Readonly<Record<string, object>> = {
  events: { count: 'events', by, bounds: each },
  actors: { count: 'actors', by, bounds: { groupsPerActor: 1 } },
  sum: { sum: 'amount', by, bounds: amounts },
  mean: { mean: 'amount', by, bounds: amounts },
  quantiles: { quantiles: 'amount', probabilities: [0.5], by, bounds: amounts },
  views: { count: 'events', by, where: { column: 'action', '=': 'view' }, bounds: each },
};
/** Each is refused when it is asked. Some hold what a user might copy out of the log. */
const BAD: Readonly<Record<string, object>> = {
  'no bounds': { count: 'events', by },
  'an identity as keys': {
    count: 'events',
    by: [{ column: 'actor_id', keys: [`${MARK}-user-1@mail.example`] }],
    bounds: each,
  },
  'an identity as filter': {
    count: 'events',
    where: { column: 'object_id', '=': `p-${MARK}-1` },
    bounds: { rowsPerGroup: 1 },
  },
  'text as numbers': { sum: 'country', by, bounds: amounts },
  'a column there is none of': { sum: 'no_such_column', by, bounds: amounts },
  'unknown keys without delta': { count: 'events', by: [{ column: 'country', keys: 'unknown' }], bounds: each },
  'nothing that is known': { count: MARK, by, bounds: each },
  'a key twice': { count: 'events', by: [{ column: 'country', keys: [MARK, MARK] }], bounds: each },
};

const run = async (isRelease: boolean, expected: number, ...args: string[]): Promise<string> => {
  const env = { XDG_CONFIG_HOME: at('configuration'), NIGHTJAR_KEY_PASSPHRASE: '' };
  const { code, out, err } = await nightjar([...args], { env, cwd: shop.directory });
  said.push({ where: `nightjar ${args.slice(0, 2).join(' ')}`, text: Buffer.from(`${out}\n${err}`), isRelease });
  expect(code, `${args.join(' ')}\n${err}`).toBe(expected);
  return out;
};
const CASE = ['--case', directory, '--threads', '1'];
const query = (name: string, of: object): string => {
  const path = at(`${name.replaceAll(' ', '-')}.query`);
  writeFileSync(path, JSON.stringify(of));
  return path;
};
const GO = ['--key', at('ana.key')];

const release = async (): Promise<void> => {
  await run(true, 0, 'release', 'keygen', '--out', at('ana.key'), '--name', 'Ana');
  const secret = /"secret": "([^"]+)"/u.exec(readFileSync(at('ana.key'), 'utf8'))?.[1] ?? '';
  secrets.push({ name: 'the reviewer’s key', bytes: Buffer.from(secret, 'base64') });
  const early = query('events', GOOD['events'] ?? {});
  const ask = ['release', ...CASE, '--query', early, '--epsilon', TINY];
  const filed = await run(true, 0, ...ask, '--format', 'json');
  const request: string = JSON.parse(filed).request;
  const approve = ['release', 'approve', ...CASE, '--request', request, ...GO, '--out'];
  await run(true, 2, ...approve, at('events.json')); // no limit yet
  await run(true, 0, 'ledger', ...CASE, '--limit', '0.5', '--limit-delta', '0.000001', ...GO);
  await run(true, 0, ...approve, at('events.json'));
  for (const name of ['actors', 'sum', 'mean', 'quantiles', 'views']) {
    const path = query(name, GOOD[name] ?? {});
    const go = ['release', ...CASE, '--query', path, '--epsilon', TINY, ...GO, '--out', at(`${name}.json`)];
    await run(true, 0, ...go);
  }
  await run(true, 0, ...ask, ...GO, '--out', at('again.json')); // the stored answer
  writeFileSync(at('bounds.json'), '{"event_count": [0, 10, 100], "hour_entropy": [0, 5]}');
  const forest = ['release', 'forest', ...CASE, '--bounds', at('bounds.json'), '--trees', '4', '--depth', '3'];
  await run(true, 0, ...forest, '--epsilon', TINY, ...GO, '--out', at('forest.json'));
  // More than the limit: it is asked, and the debit is refused; then the reviewer refuses it.
  const tooMuch = ['release', ...CASE, '--query', early, '--epsilon', '0.75', ...GO, '--out', at('much.json')];
  await run(true, 2, ...tooMuch);
  const open: { id: string; state: string }[] = JSON.parse(
    await run(true, 0, 'release', 'requests', ...CASE, '--format', 'json'),
  );
  const pending = open.find(({ state }) => state === 'pending')?.id ?? '';
  const refuse = ['release', 'refuse', ...CASE, '--request', pending, ...GO, '--reason', 'too much'];
  await run(true, 0, ...refuse);
  for (const name of ['no bounds', 'an identity as keys', 'nothing that is known']) {
    const path = query(name, BAD[name] ?? {});
    await run(true, 2, 'release', ...CASE, '--query', path, '--epsilon', '1');
  }
};

const check = async (): Promise<void> => {
  await run(true, 0, 'release', 'verify', at('sum.json'));
  writeFileSync(at('changed.json'), readFileSync(at('sum.json'), 'utf8').replace('"IT"', '"AT"'));
  await run(true, 1, 'release', 'verify', at('changed.json'));
  await run(true, 0, 'release', 'verify', at('forest.json'));
  await run(true, 0, 'ledger', ...CASE);
  await run(true, 0, 'ledger', ...CASE, '--format', 'json');
  await run(true, 0, 'ledger', 'verify', '--case', directory, '--release', `${at('sum.json')},${at('forest.json')}`);
  await run(true, 0, 'journal', 'verify', '--case', directory);
  const audit = ['audit', ...CASE, '--query', at('events.query'), '--epsilon', '1', '--runs', '20'];
  await run(true, 0, ...audit);
  // What the risk panel and the queue tell is for the investigator: counts are true there, identities are not.
  await run(false, 0, 'risk', ...CASE, '--quasi', 'country,action');
};

/** What the page of a reviewer is told, answers and errors. */
const askThePage = async (): Promise<void> => {
  const engine = engineIn(at('page'), { role: 'reviewer', keyringPath, threads: 1 });
  const client = clientOf(engine);
  const tell = async (where: string, call: Promise<unknown>): Promise<string> => {
    const text = await call.then(
      (answer) => JSON.stringify(answer),
      (error: unknown) => {
        if (!(error instanceof Error)) throw error;
        return `${error.stack} ${JSON.stringify(Object.entries(error))} ${inspect(error.cause)}`;
      },
    );
    said.push({ where: `page ${where}`, text: Buffer.from(text), isRelease: where !== 'case.open' });
    return text;
  };
  try {
    await tell('case.open', client.case.open({ grant: engine.grant(directory, 'folder').id }));
    expect(await tell('ledger', client.privacy.ledger())).toContain('answered');
    expect(await tell('checkLedger', client.privacy.checkLedger())).toContain('"ok":true');
    expect(await tell('columns', client.privacy.columns())).toContain('country');
    const { requests } = await client.privacy.ledger();
    const answered = requests.find(({ state }) => state === 'answered')?.id ?? '';
    expect(await tell('released', client.privacy.released({ request: answered }))).toContain('rows');
    for (const [name, bad] of Object.entries(BAD)) {
      const asked = { query: { ...bad }, epsilon: '1', delta: '0' };
      // A plan reads no column: it shows the keys that the page itself sent, an identity's too. Asking refuses those.
      if (name !== 'an identity as keys') await tell(`plan ${name}`, client.privacy.plan(asked));
      await tell(`ask ${name}`, client.privacy.ask({ ...asked, purpose: 'a test' }));
    }
    // Asked, approved, shown and exported from the page.
    const query = { count: 'actors', by, where: { column: 'action', '=': 'view' }, bounds: { groupsPerActor: 1 } };
    const { request } = await client.privacy.ask({ query, epsilon: TINY, delta: '0', purpose: 'from the page' });
    const key = engine.grant(at('ana.key'), 'file').id;
    const approved = client.privacy.approve({ request: request ?? '', confirmation: 'release', key });
    expect(await tell('approve', approved)).toContain('"isRepeated":false');
    expect(await tell('released after it', client.privacy.released({ request: request ?? '' }))).toContain('rows');
    for (const format of ['csv', 'json'] as const) {
      const { file } = await client.privacy.exportRelease({ request: request ?? '', format });
      said.push({ where: `page export ${format}`, text: Buffer.from((await file?.text()) ?? ''), isRelease: true });
    }
    expect(await tell('explore.run', client.explore.run())).toContain('usage');
  } finally {
    await engine.close();
  }
};

beforeAll(async () => {
  mkdirSync(at('configuration'));
  writeCountedLog(at('log.csv'));
  const detect = ['detect', 'log.csv', '--case', directory, '--detectors', 'isolationForest', '--min-events', '1'];
  await run(false, 0, ...detect, '--top', '2', '--format', 'json', '--threads', '2');
  const opened = await openCase(directory, { keyringPath, threads: 1 });
  secrets.push({ name: 'the pseudonym key', bytes: Buffer.from(opened.vault.pseudonymKey()) });
  const of = async (sql: string): Promise<number> =>
    numberColumn(await readColumns(opened.connection, `SELECT (${sql})::DOUBLE AS n FROM events`), 'n')[0] ??
    Number.NaN;
  const inCountry = (country: string): string => `FILTER (WHERE country = '${country}')`;
  const counts = {
    'events in DE': await of(`count(*) ${inCountry('DE')}`),
    'events in FR': await of(`count(*) ${inCountry('FR')}`),
    'actors in DE': await of(`count(DISTINCT actor_id) ${inCountry('DE')}`),
    'all actors': await of('count(DISTINCT actor_id)'),
    'all events': await of('count(*)'),
    'views in FR': await of(`count(*) FILTER (WHERE country = 'FR' AND action = 'view')`),
    'amount in FR': await of(`sum(amount) ${inCountry('FR')}`),
    'amount in DE': await of(`sum(amount) ${inCountry('DE')}`),
  };
  await opened.close();
  expect(counts).toEqual(TRUE_COUNTS);
  await release();
  await check();
  await askThePage();
  for (const file of [...Object.keys(GOOD), 'again']) {
    for (const kind of ['json', 'csv']) {
      said.push({ where: `${file}.${kind}`, text: readFileSync(at(`${file}.${kind}`)), isRelease: true });
    }
  }
  said.push({ where: 'forest.json', text: readFileSync(at('forest.json')), isRelease: true });
  for (const { file, bytes } of bytesBelow(directory)) {
    const where = file.slice(directory.length);
    const isRelease = /ledger|releases|journal|case\.json/u.test(where);
    said.push({ where, text: isRelease ? withoutStored(bytes) : bytes, isRelease });
  }
}, 300_000);

/** The journal says how many rows an import stored, for who has the case: no row is lost silently. */
const withoutStored = (bytes: Buffer): Buffer =>
  Buffer.from(
    bytes
      .toString()
      .replaceAll(/("event":"import.done"[^\n]*)/gu, '$1')
      .replaceAll(/"stored":\d+/gu, '""'),
  );

const whole = (n: number): RegExp => {
  const [thousands, rest] = [Math.floor(n / 1000), String(n % 1000).padStart(3, '0')];
  return new RegExp(`(?<![\\w.])-?${thousands}[,_  ]?${rest}(?![\\w]|\\.\\d*[1-9])`, 'u');
};
const countsIn = (text: string): string[] =>
  Object.entries(TRUE_COUNTS).flatMap(([name, count]) => (whole(count).test(text) ? [name] : []));
const formsOf = (bytes: Buffer): Buffer[] => [
  bytes,
  ...encodingsOf(bytes.toString('latin1')),
  Buffer.from(bytes.toString('hex')),
  Buffer.from(bytes.toString('hex').toUpperCase()),
  ...['base64', 'base64url'].map((form) =>
    Buffer.from(bytes.toString(form === 'base64' ? form : 'base64url').slice(0, 40)),
  ),
];

test('all of it was run, and said something', () => {
  const places = said.map(({ where }) => where);
  expect(places).toEqual(
    expect.arrayContaining(['/journal.ndjson', '/ledger.ndjson', '/data.duckdb', 'sum.csv', 'forest.json']),
  );
  expect(places.filter((where) => where.startsWith('page'))).toHaveLength(10 + 2 * Object.keys(BAD).length - 1);
  expect(places.filter((where) => where.startsWith('/releases'))).toHaveLength(Object.keys(GOOD).length + 2);
  expect(said.filter(({ text }) => text.length < 3).map(({ where }) => where)).toEqual([]);
  expect(secrets.map(({ bytes }) => bytes.length)).toEqual([32, 32]);
});

test('no string of the raw input', () => {
  const needles = [MARK, ...Array.from({ length: 12 }, (_, i) => address(i * 17)), 'mail.example'];
  const forms = needles.flatMap((needle) => encodingsOf(needle));
  expect(said.filter(({ text }) => forms.some((form) => text.includes(form))).map(({ where }) => where)).toEqual([]);
});

test('no byte of a key', () => {
  for (const { name, bytes } of secrets) {
    const forms = formsOf(bytes);
    const found = said.filter(({ text }) => forms.some((form) => text.includes(form)));
    expect(found.map(({ where }) => `${name}: ${where}`)).toEqual([]);
  }
});

test('no unreleased count', () => {
  const found = said.flatMap(({ where, text, isRelease }) =>
    isRelease ? countsIn(text.toString()).map((count) => `${where}: ${count}`) : [],
  );
  expect(found).toEqual([]);
});

test('the search can fail', () => {
  expect(countsIn('of 12,007 rows')).toEqual(['events in DE']);
  expect(countsIn('{"value":[12007,-10037.0]}')).toEqual(['events in DE', 'events in FR']);
  expect(countsIn('112007 120070 12007.5 a12007 0.12007')).toEqual([]);
  // The queue and the imports of an investigator do say how many events there are: so would a release that did.
  const queue = said.find(({ where }) => where.startsWith('nightjar detect'));
  expect(countsIn(queue?.text.toString() ?? '')).toContain('all events');
  const log = readFileSync(at('log.csv'));
  expect(encodingsOf(MARK).some((form) => log.includes(form))).toBe(true);
  const [key] = secrets;
  expect(formsOf(key?.bytes ?? Buffer.alloc(0)).some((form) => readFileSync(keyringPath).includes(form))).toBe(false);
  const hidden = Buffer.from(`x${key?.bytes.toString('hex') ?? ''}y`);
  expect(formsOf(key?.bytes ?? Buffer.alloc(0)).some((form) => hidden.includes(form))).toBe(true);
  expect(new NightjarError('usage', `${TRUE_COUNTS['events in DE']} rows`, {}).message).toMatch(whole(12_007));
});
