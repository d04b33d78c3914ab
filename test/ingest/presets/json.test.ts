import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventValues, JsonPreset } from '../../../core/ingest/presets/index.ts';
import { PRESETS, presetNamed, valueAt } from '../../../core/ingest/presets/index.ts';
import { NightjarError } from '../../../core/api/errors.ts';

const JSON_PRESETS = PRESETS.filter((preset): preset is JsonPreset => preset.kind === 'json');
const at = (iso: string): number => Date.parse(iso) * 1000;

/** What a record becomes, without its nulls. */
const derive = (name: string, record: unknown): EventValues => {
  const preset = JSON_PRESETS.find((candidate) => candidate.name === name);
  if (preset === undefined) throw new Error(`no JSON preset ${name}`);
  return Object.fromEntries(Object.entries(preset.derive(record)).filter(([, value]) => value !== null));
};

type Case = readonly [name: string, what: string, record: unknown, event: EventValues];

const CLOUD = { eventTime: '2026-07-10T11:42:18Z', eventSource: 's3.amazonaws.com', eventName: 'GetObject' };
const ZEEK = {
  ts: 1588205199.82437,
  uid: 'C1',
  'id.orig_h': '192.0.2.6',
  'id.resp_h': '192.0.2.4',
  'id.resp_p': 53,
  proto: 'udp',
};
const WINDOWS = {
  EventID: 4688,
  Channel: 'Security',
  Hostname: 'PC1.lan.example',
  '@timestamp': '2026-09-14T12:05:46.455Z',
};

const CASES: readonly Case[] = [
  [
    'cloudtrail',
    'a call by a user',
    {
      ...CLOUD,
      eventID: 'e1',
      awsRegion: 'eu-north-1',
      sourceIPAddress: '192.0.2.1',
      userAgent: 'Boto3/1.2',
      readOnly: true,
      userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::000000000000:user/kim', accessKeyId: 'K1' },
      resources: [{ ARN: 'arn:aws:s3:::bucket', type: 'AWS::S3::Bucket' }],
    },
    {
      ts: at('2026-07-10T11:42:18Z'),
      event_id: 'e1',
      actor_id: 'arn:aws:iam::000000000000:user/kim',
      action: 's3.amazonaws.com:GetObject',
      object_id: 'arn:aws:s3:::bucket',
      object_type: 'AWS::S3::Bucket',
      ip: '192.0.2.1',
      session_id: 'K1',
      user_agent: 'Boto3/1.2',
      outcome: 'success',
      c_region: 'eu-north-1',
      c_identity_type: 'IAMUser',
      m_is_read_only: 1,
    },
  ],
  [
    'cloudtrail',
    'a refused call of a service on a parameter',
    {
      ...CLOUD,
      sourceIPAddress: 'ec2.amazonaws.com',
      errorCode: 'AccessDenied',
      requestParameters: { roleName: 'r1' },
      userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
    },
    {
      ts: at('2026-07-10T11:42:18Z'),
      actor_id: 'ec2.amazonaws.com',
      action: 's3.amazonaws.com:GetObject',
      object_id: 'r1',
      object_type: 'roleName',
      outcome: 'failure',
      c_identity_type: 'AWSService',
    },
  ],
  ['cloudtrail', 'no identity', CLOUD, { reject: 'no identity' }],
  ['cloudtrail', 'no time', { ...CLOUD, eventTime: 'soon' }, { reject: 'the time is missing or cannot be read' }],
  [
    'zeek',
    'a connection, dotted',
    { ...ZEEK, _path: 'conn', conn_state: 'S0', orig_bytes: 39, resp_bytes: 55, duration: 0.5, service: 'dns' },
    {
      ts: 1_588_205_199_824_370,
      event_id: 'C1',
      actor_id: '192.0.2.6',
      action: 'conn:dns',
      object_id: '192.0.2.4',
      object_type: 'host',
      ip: '192.0.2.6',
      outcome: 'failure',
      amount: 94,
      c_stream: 'conn',
      c_proto: 'udp',
      m_duration_s: 0.5,
      m_orig_bytes: 39,
      m_resp_bytes: 55,
      m_resp_port: 53,
    },
  ],
  [
    'zeek',
    'a name looked up, stream not named, ISO time, underscores',
    {
      ts: '2026-01-01T00:00:00Z',
      uid: 'C2',
      id_orig_h: '192.0.2.6',
      id_resp_h: '192.0.2.4',
      query: 'a.example',
      qtype_name: 'A',
      rcode_name: 'NOERROR',
    },
    {
      ts: at('2026-01-01T00:00:00Z'),
      event_id: 'C2',
      actor_id: '192.0.2.6',
      action: 'dns:A',
      object_id: 'a.example',
      object_type: 'domain',
      ip: '192.0.2.6',
      outcome: 'success',
      c_stream: 'dns',
    },
  ],
  [
    'zeek',
    'a request',
    { ...ZEEK, '@stream': 'http', method: 'GET', host: 'a.example', uri: '/x?q=1', status_code: 404 },
    {
      ts: 1_588_205_199_824_370,
      event_id: 'C1',
      actor_id: '192.0.2.6',
      action: 'http:GET',
      object_id: 'a.example/x',
      object_type: 'url',
      ip: '192.0.2.6',
      outcome: 'failure',
      c_stream: 'http',
      c_proto: 'udp',
      m_resp_port: 53,
    },
  ],
  [
    'zeek',
    'a stream of any name',
    { _path: 'constructor', ts: 1588205199, 'id.orig_h': '192.0.2.6' },
    {
      ts: 1_588_205_199_000_000,
      actor_id: '192.0.2.6',
      action: 'constructor',
      ip: '192.0.2.6',
      outcome: 'unknown',
      c_stream: 'constructor',
    },
  ],
  ['zeek', 'Zeek about itself', { '@stream': 'stats', ts: 1 }, { reject: 'a record about Zeek itself' }],
  ['zeek', 'nobody', { '@stream': 'weird', ts: 1588205199 }, { reject: 'no originating host' }],
  [
    'windows',
    'NXLog',
    {
      ...WINDOWS,
      SubjectUserName: 'Kim',
      NewProcessName: 'C:\\A.exe',
      CommandLine: 'a /b',
      EventType: 'AUDIT_SUCCESS',
      SubjectLogonId: '0x1',
      RecordNumber: 7,
    },
    {
      ts: at('2026-09-14T12:05:46.455Z'),
      event_id: '7',
      actor_id: 'kim',
      action: 'Security:4688',
      object_id: 'c:\\a.exe',
      object_type: 'process',
      device_id: 'pc1.lan.example',
      session_id: '0x1',
      outcome: 'success',
      text: 'a /b',
      c_channel: 'Security',
    },
  ],
  [
    'windows',
    'Winlogbeat, a failed logon',
    {
      '@timestamp': '2026-09-14T12:05:46Z',
      winlog: {
        event_id: 4625,
        channel: 'Security',
        computer_name: 'PC1',
        keywords: ['Audit Failure'],
        event_data: { TargetUserName: 'LAN\\Lee', SubjectUserName: '-', IpAddress: '192.0.2.9', LogonType: '3' },
      },
    },
    {
      ts: at('2026-09-14T12:05:46Z'),
      actor_id: 'lee',
      action: 'Security:4625',
      object_id: 'lan\\lee',
      object_type: 'account',
      ip: '192.0.2.9',
      device_id: 'pc1',
      outcome: 'failure',
      c_channel: 'Security',
      c_logon_type: '3',
    },
  ],
  [
    'windows',
    'a system account: the computer acts',
    {
      ...WINDOWS,
      EventID: 10,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      AccountName: 'SYSTEM',
      TargetImage: 'C:\\b.exe',
      SourceAddress: '0.0.0.0',
    },
    {
      ts: at('2026-09-14T12:05:46.455Z'),
      actor_id: 'pc1.lan.example',
      action: 'Sysmon:10',
      object_id: 'c:\\b.exe',
      object_type: 'process',
      device_id: 'pc1.lan.example',
      outcome: 'unknown',
      c_channel: 'Sysmon',
    },
  ],
  [
    'windows',
    'evtx as JSON',
    {
      Event: {
        System: {
          EventID: { '#text': 4624 },
          Channel: 'Security',
          Computer: 'PC1',
          EventRecordID: 3,
          TimeCreated: { '#attributes': { SystemTime: '2026-09-14T12:05:46Z' } },
        },
        EventData: { TargetUserName: 'PC1$' },
      },
    },
    {
      ts: at('2026-09-14T12:05:46Z'),
      event_id: '3',
      actor_id: 'pc1',
      action: 'Security:4624',
      object_id: 'pc1$',
      object_type: 'account',
      device_id: 'pc1',
      outcome: 'unknown',
      c_channel: 'Security',
    },
  ],
  ['windows', 'no event id', { Hostname: 'x' }, { reject: 'no event id' }],
  [
    'ecs',
    'nested',
    {
      '@timestamp': '2026-01-01T00:00:00.5Z',
      event: { action: 'login', outcome: 'Success', category: ['authentication'], duration: 2e9 },
      user: { id: 'u1' },
      source: { ip: '192.0.2.1', geo: { country_iso_code: 'DE' } },
      url: { path: '/a?b' },
      message: 'hello',
    },
    {
      ts: at('2026-01-01T00:00:00.5Z'),
      actor_id: 'u1',
      action: 'login',
      object_id: '/a',
      object_type: 'url',
      ip: '192.0.2.1',
      country: 'DE',
      outcome: 'success',
      text: 'hello',
      c_category: 'authentication',
      m_duration_s: 2,
    },
  ],
  [
    'ecs',
    'dotted, in an export',
    {
      _source: {
        '@timestamp': 1767225600000,
        'event.action': 'user kim@mail.example added',
        'source.ip': '192.0.2.1',
        ecs: { version: '8' },
      },
    },
    { ts: at('2026-01-01T00:00:00Z'), actor_id: '192.0.2.1', action: 'other', ip: '192.0.2.1', outcome: 'unknown' },
  ],
  ['ecs', 'nobody', { '@timestamp': '2026-01-01T00:00:00Z' }, { reject: 'no user, address or host' }],
  [
    'ocsf',
    'an API call',
    {
      time: 1767225600123,
      class_uid: 6003,
      class_name: 'API Activity',
      activity_name: 'Read',
      status_id: 2,
      severity_id: 3,
      actor: { user: { uid: 'u1', name: 'kim' }, session: { uid: 's1' } },
      src_endpoint: { ip: '192.0.2.1' },
      api: { operation: 'GetObject' },
      resources: [{ uid: 'res1' }],
      metadata: { uid: 'm1' },
    },
    {
      ts: 1_767_225_600_123_000,
      event_id: 'm1',
      actor_id: 'u1',
      action: 'API Activity:GetObject',
      object_id: 'res1',
      object_type: 'resource',
      ip: '192.0.2.1',
      session_id: 's1',
      outcome: 'failure',
      c_class: 'API Activity',
      m_severity_id: 3,
    },
  ],
  ['ocsf', 'nobody', { time: 1767225600123, class_uid: 1 }, { reject: 'no user, address or device' }],
];

describe('JSON presets', () => {
  test.each(CASES)('%s: %s', (name, _what, record, event) => expect(derive(name, record)).toEqual(event));

  test('each record is known by its own preset best', () => {
    for (const [name, , record, event] of CASES) {
      if ('reject' in event || name === 'ocsf') continue;
      const ranked = JSON_PRESETS.map((preset) => [preset.looksLike([record]), preset.name] as const).sort(
        (a, b) => b[0] - a[0],
      );
      expect(ranked[0]).toEqual([1, name]);
    }
  });

  test('they return declared columns only, and never throw', () => {
    for (const preset of JSON_PRESETS) {
      for (const [, , record] of CASES) {
        const event = preset.derive(record);
        if (!('reject' in event)) for (const column of Object.keys(event)) expect(preset.columns).toContain(column);
      }
      fc.assert(fc.property(fc.jsonValue(), (value) => void preset.derive(value)));
      expect(preset.looksLike([])).toBe(0);
    }
  });

  test('free values never reach a column kept in the clear', () => {
    const CLEAR = new Set(['action', 'object_type', 'country', 'outcome']);
    for (const value of ['kim@mail.example', '192.0.2.1', 'call +491701234567', 'deadbeefdeadbeef0', 'a'.repeat(200)]) {
      const records = [
        {
          ...CLOUD,
          eventSource: value,
          eventName: value,
          awsRegion: value,
          userIdentity: { type: value, arn: 'a' },
          resources: [{ ARN: 'a', type: value }],
        },
        { ...ZEEK, _path: 'conn', service: value, proto: value },
        { ...WINDOWS, Channel: value, LogonType: value, EventType: value },
        {
          '@timestamp': 0,
          user: { id: 'u' },
          event: { action: value, category: value, outcome: value },
          source: { geo: { country_iso_code: value } },
        },
        { time: 0, class_uid: 1, class_name: value, activity_name: value, status: value, user: { uid: 'u' } },
      ];
      for (const [i, preset] of JSON_PRESETS.entries()) {
        for (const [column, kept] of Object.entries(preset.derive(records[i] ?? {}))) {
          if (CLEAR.has(column) || column.startsWith('c_'))
            expect([preset.name, column, String(kept).includes(value)]).toEqual([preset.name, column, false]);
        }
      }
    }
  });
});

test('valueAt follows nested, dotted and array paths, and only own keys', () => {
  expect(valueAt({ a: { b: [{ c: 1 }] } }, 'a.b.0.c')).toBe(1);
  expect(valueAt({ 'a.b': 2 }, 'a.b')).toBe(2);
  expect(valueAt({ a: { 'b.c': 3 } }, 'a.b.c')).toBe(3);
  expect(valueAt({ 'a.b': { c: 4 } }, 'a.b.c')).toBe(4);
  expect(valueAt({}, 'constructor.name')).toBeUndefined();
  expect(valueAt(null, 'a')).toBeUndefined();
});

test('presetNamed', () => {
  expect(presetNamed('zeek').title).toContain('Zeek');
  expect(() => presetNamed('zeke')).toThrow(NightjarError);
});
