import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeMapping } from '../../../core/ingest/mapping/index.ts';

/** A table, one string per line, fields cut at '|'; then what it must become: columns, and kind of every leftover. */
type Case = {
  readonly name: string;
  readonly rows: readonly string[];
  readonly columns: Readonly<Record<string, string>>;
  readonly rest?: Readonly<Record<string, string>>;
};

const HEX = ['cdadae184a8a7b2e', '06337a3f15374a19', '43374a375583eb7a', '9a8271290b322525', 'fe80b9dc3b5b4b9e'];

const CASES: readonly Case[] = [
  {
    name: 'payments by day step',
    rows: [
      'sourceNodeId|targetNodeId|value|time',
      '360|18984|103.55|1',
      '269|9237|178.96|1',
      '211|19987|180.89|1',
      '265|5829|158.71|2',
      '322|5431|143.11|2',
    ],
    columns: { ts: 'time', actor_id: 'sourceNodeId', object_id: 'targetNodeId', amount: 'value' },
  },
  {
    name: 'stars',
    rows: ['github|name|starred_at', ...HEX.map((hex, i) => `${hex}|${HEX[4 - i]}|2023-04-0${i + 1}T20:15:37Z`)],
    columns: { actor_id: 'github', object_id: 'name', ts: 'starred_at' },
  },
  {
    name: 'mail headers',
    rows: [
      'received|date|from_addr|from_domain|relay_ip|hops|n_rcpt|subject_len|label|group',
      ...HEX.map(
        (hex, i) =>
          `2002-08-22T07:36:1${i}-04:00|2002-08-22T18:26:2${i}+07:00|${hex}|${HEX[i % 2]}|${HEX[4 - i]}|${i}|2|${20 + i}|ham|easy`,
      ),
    ],
    columns: { ts: 'received', actor_id: 'from_domain', ip: 'relay_ip' },
    rest: {
      date: 'time',
      from_addr: 'identifier',
      hops: 'measure',
      n_rcpt: 'constant',
      subject_len: 'measure',
      label: 'label',
      group: 'label',
    },
  },
  {
    name: 'a plain web log',
    rows: [
      'timestamp|user_id|ip|method|path|status|bytes|user_agent',
      '2026-01-01T00:00:00Z|u1|203.0.113.9|GET|/a|200|512|Mozilla/5.0 (X11)',
      '2026-01-01T00:00:01Z|u2|203.0.113.8|GET|/b|200|1024|Mozilla/5.0 (X11)',
      '2026-01-01T00:00:02Z|u1|203.0.113.9|POST|/a|404|99|curl/8.0',
      '2026-01-01T00:00:03Z|u3|203.0.113.7|GET|/c|200|512|curl/8.0',
      '2026-01-01T00:00:04Z|u1|203.0.113.9|GET|/a|200|512|Mozilla/5.0 (X11)',
    ],
    columns: {
      ts: 'timestamp',
      actor_id: 'user_id',
      ip: 'ip',
      action: 'method',
      object_id: 'path',
      outcome: 'status',
      amount: 'bytes',
      user_agent: 'user_agent',
    },
  },
  {
    name: 'no account: the address acts',
    rows: [
      'when|client_ip|url',
      ...[1, 2, 3, 4, 5].map((i) => `170000000${i}|198.51.100.${i}|https://shop.example/p/${i}`),
    ],
    columns: { ts: 'when', actor_id: 'client_ip', ip: 'client_ip', object_id: 'url' },
  },
  {
    name: 'epoch milliseconds',
    rows: ['ts|uid|event', ...[1, 2, 3, 4, 5].map((i) => `170000000000${i}|${i}|${i % 2 ? 'login' : 'logout'}`)],
    columns: { ts: 'ts', actor_id: 'uid', action: 'event' },
  },
  {
    name: 'camel case',
    rows: [
      'eventTime|userName|eventName|resourceId',
      ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i} 10:00:00|kim${i}|${i % 2 ? 'Read' : 'Write'}|doc-${i % 3}`),
    ],
    columns: { ts: 'eventTime', actor_id: 'userName', action: 'eventName', object_id: 'resourceId' },
  },
  {
    name: 'dotted ECS columns',
    rows: [
      '@timestamp|user.name|event.action|source.ip|event.outcome',
      ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}T10:00:00Z|kim${i}|${i % 2 ? 'a' : 'b'}|192.0.2.${i}|success`),
    ],
    columns: {
      ts: '@timestamp',
      actor_id: 'user.name',
      action: 'event.action',
      ip: 'source.ip',
      outcome: 'event.outcome',
    },
  },
  {
    name: 'dates of day first',
    rows: ['datum|kunde|betrag', ...[13, 14, 15, 16, 17].map((i) => `${i}.02.2026|K${i}|${i},50`)],
    columns: { ts: 'datum' },
    rest: { kunde: 'identifier', betrag: 'measure' },
  },
  {
    name: 'personal columns are never kept',
    rows: [
      'time|account|ssn|phone|zip|first_name|city|iban|age',
      ...[1, 2, 3, 4, 5].map(
        (i) =>
          `2026-01-0${i}|a${i}|078-05-112${i}|+49 170 123456${i}|1011${i % 2}|${i % 2 ? 'Kim' : 'Lee'}|Ulm|DE8937040044053201300${i}|3${i}`,
      ),
    ],
    columns: { ts: 'time', actor_id: 'account' },
    rest: {
      ssn: 'identifier',
      phone: 'identifier',
      zip: 'quasi',
      first_name: 'identifier',
      city: 'quasi',
      iban: 'identifier',
      age: 'quasi',
    },
  },
  {
    name: 'phone numbers without a sign',
    rows: ['time|user|mobile', ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|170123456${i}`)],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { mobile: 'identifier' },
  },
  {
    name: 'long numbers under a harmless name',
    rows: ['time|user|x7', ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|908172635${i}`)],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { x7: 'identifier' },
  },
  {
    name: 'card numbers under a harmless name',
    rows: [
      'time|user|n',
      ...['4111111111111111', '5500005555555559', '4012888888881881', '5105105105105100', '4222222222222'].map(
        (card, i) => `2026-01-0${i + 1}|a${i}|${card}`,
      ),
    ],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { n: 'identifier' },
  },
  {
    name: 'measures and categories',
    rows: [
      'time|user|duration_ms|plan|retries|score',
      ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|12${i}|${i % 2 ? 'free' : 'paid'}|${i % 3}|0.${i}`),
    ],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { duration_ms: 'measure', plan: 'category', retries: 'measure', score: 'measure' },
  },
  {
    name: 'large byte counts are measures',
    rows: ['time|user|bytes_in|bytes_out', ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|1234567${i}|99${i}`)],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { bytes_in: 'measure', bytes_out: 'measure' },
  },
  {
    name: 'free text',
    rows: [
      'created_at|author|comment|review',
      ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|you can win a prize ${i}|great thing number ${i}`),
    ],
    columns: { ts: 'created_at', actor_id: 'author' },
    rest: { comment: 'text', review: 'text' },
  },
  {
    name: 'labels in several spellings',
    rows: [
      'step|nameOrig|nameDest|amount|type|isFraud|isFlaggedFraud',
      ...[1, 2, 3, 4, 5].map((i) => `${i}|C12${i}|M9${i}|${i}8.5|${i % 2 ? 'PAYMENT' : 'TRANSFER'}|0|0`),
    ],
    columns: { ts: 'step', actor_id: 'nameOrig', object_id: 'nameDest', amount: 'amount', action: 'type' },
    rest: { isFraud: 'label', isFlaggedFraud: 'label' },
  },
  {
    name: 'a class and a target',
    rows: ['time|user|Class|target|y', ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|${i % 2}|${i % 2}|${i % 2}`)],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { Class: 'label', target: 'label', y: 'label' },
  },
  {
    name: 'constant, empty and other times',
    rows: [
      'time|user|tenant|gone|updated_at',
      ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|acme||2026-02-0${i}`),
    ],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { tenant: 'constant', gone: 'constant', updated_at: 'time' },
  },
  {
    name: 'sensitive attributes',
    rows: [
      'time|user|religion|salary',
      ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|${i % 2 ? 'x' : 'z'}|${i}000`),
    ],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { religion: 'sensitive', salary: 'sensitive' },
  },
  {
    name: 'mail addresses as actors',
    rows: ['time|email|page', ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|kim${i}@mail.example|p${i % 2}`)],
    columns: { ts: 'time', actor_id: 'email', object_id: 'page' },
  },
  {
    name: 'mail addresses under a harmless name',
    rows: ['time|user|field3', ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|kim${i}@mail.example`)],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { field3: 'identifier' },
  },
  {
    name: 'devices, sessions, countries',
    rows: [
      'login_time|userId|device_id|session_id|country|result',
      ...[1, 2, 3, 4, 5].map(
        (i) => `2026-01-0${i} 09:00|${i}|d-${i}|s-${i}|${i % 2 ? 'DE' : 'FR'}|${i % 2 ? 'ok' : 'fail'}`,
      ),
    ],
    columns: {
      ts: 'login_time',
      actor_id: 'userId',
      device_id: 'device_id',
      session_id: 'session_id',
      country: 'country',
      outcome: 'result',
    },
  },
  {
    name: 'a table without time or actor',
    rows: ['a|b', '1|0.5', '2|0.25', '3|0.75', '3|0.5', '2|0.1'],
    columns: {},
    rest: { a: 'measure', b: 'measure' },
  },
  {
    name: 'an id run together',
    rows: ['time|user|nodeid|paid', ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i}|${i}|${i % 2}`)],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { nodeid: 'identifier', paid: 'measure' },
  },
  {
    name: 'a date of birth is not when it happened',
    rows: ['user|birth_date|phone|amount', ...[1, 2, 3, 4, 5].map((i) => `a${i}|198${i}-01-01|170123456${i}|${i}.5`)],
    columns: { actor_id: 'user', amount: 'amount' },
    rest: { birth_date: 'time', phone: 'identifier' },
  },
  {
    name: 'event ids',
    rows: [
      'time|user|transaction_id|amount',
      ...[1, 2, 3, 4, 5].map((i) => `2026-01-0${i}|a${i % 2}|t-00${i}|${i}.50`),
    ],
    columns: { ts: 'time', actor_id: 'user', event_id: 'transaction_id', amount: 'amount' },
  },
  {
    name: 'item reviews',
    rows: ['reviewer_id|asin|rating|unix_time', ...[1, 2, 3, 4, 5].map((i) => `A${i}|B00${i % 3}|${i}|170000000${i}`)],
    columns: { actor_id: 'reviewer_id', object_id: 'asin', ts: 'unix_time' },
    rest: { rating: 'measure' },
  },
  {
    name: 'one stray address spoils a category',
    rows: [
      'time|user|place',
      '2026-01-01|a|hall',
      '2026-01-02|b|hall',
      '2026-01-03|c|hall',
      '2026-01-04|d|gate',
      '2026-01-05|e|kim@mail.example',
    ],
    columns: { ts: 'time', actor_id: 'user' },
    rest: { place: 'identifier' },
  },
];

const propose = (rows: readonly string[]) => {
  const [fields = [], ...samples] = rows.map((row) => row.split('|'));
  return proposeMapping({ fields, samples });
};

describe('proposeMapping', () => {
  test.each(CASES)('$name', ({ rows, columns, rest }) => {
    const proposal = propose(rows);
    expect(Object.fromEntries(proposal.columns.map(({ column, field }) => [column, field]))).toEqual(columns);
    expect(Object.fromEntries(proposal.leftovers.map(({ field, kind }) => [field, kind]))).toEqual(rest ?? {});
    expect(proposal.missing).toEqual(['ts', 'actor_id'].filter((name) => columns[name] === undefined));
    for (const { confidence, reason } of proposal.columns) {
      expect(confidence).toBeGreaterThanOrEqual(0.3);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(reason.length).toBeGreaterThan(10);
    }
  });

  test('only measures and categories are kept, texts become features, some identifiers buckets, the rest is dropped', () => {
    for (const { rows } of CASES) {
      for (const { kind, policy, column } of propose(rows).leftovers) {
        if (kind === 'measure' || kind === 'category')
          expect([policy, column?.slice(0, 2)]).toEqual(['keep', kind === 'measure' ? 'm_' : 'c_']);
        else if (kind === 'text' && policy === 'features-only') expect(column).toBe('text');
        else if (kind === 'identifier' && policy === 'bucket') expect(column).toMatch(/^b_/u);
        else expect([policy, column]).toEqual(['drop', undefined]);
      }
    }
  });

  test('two texts: one becomes features; two names that meet get columns of their own', () => {
    const texts = propose([
      'time|user|comment|review',
      ...[1, 2, 3].map((i) => `2026-01-0${i}|a${i}|one two three ${i}|four five six ${i}`),
    ]);
    expect(texts.leftovers.map(({ policy }) => policy)).toEqual(['features-only', 'drop']);
    const twins = propose(['time|user|my size|my_size', ...[1, 2, 3].map((i) => `2026-01-0${i}|a${i}|${i}|${i * 2}`)]);
    expect(twins.leftovers.map(({ column }) => column)).toEqual(['m_my_size', 'm_my_size_2']);
  });

  test('the time carries how it is written', () => {
    const ts = propose(CASES[0]?.rows ?? []).columns.find(({ column }) => column === 'ts');
    expect(ts?.time?.format?.kind).toBe('day-step');
  });

  test.each(['country', 'cc', 'action', 'event', 'result', 'type'])(
    'of "%s" nothing is kept where most values name somebody, each in its own way',
    (field) => {
      const values = ['a@mail.example', '192.0.2.7', '+49 170 12345678', crypto.randomUUID(), 'DE'];
      const samples = values.map((text) => [text]);
      const { columns, leftovers } = proposeMapping({ fields: [field], samples });
      const kept = columns.filter(({ column }) => ['action', 'outcome', 'country', 'object_type'].includes(column));
      expect([kept, leftovers.filter(({ policy }) => policy === 'keep')]).toEqual([[], []]);
    },
  );

  test('mail addresses, card numbers and long tokens are never kept, whatever their field is called', () => {
    const name = fc.string({ minLength: 1, maxLength: 12 });
    const value = fc.oneof(
      fc.integer({ min: 0, max: 999 }).map((i) => `person${i}@mail.example`),
      fc.uuid(),
      fc.ipV4(),
      fc.integer({ min: 0, max: 99_999_999 }).map((i) => `+49 170 ${String(i).padStart(8, '0')}`),
    );
    fc.assert(
      fc.property(name, fc.array(value, { minLength: 3, maxLength: 30 }), (field, values) => {
        const proposal = proposeMapping({ fields: [field], samples: values.map((text) => [text]) });
        for (const leftover of proposal.leftovers) expect(leftover.policy).not.toBe('keep');
        for (const { column } of proposal.columns)
          expect(['action', 'outcome', 'country', 'object_type', 'amount']).not.toContain(column);
      }),
    );
  });
});
