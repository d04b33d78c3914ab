import { utc } from '../time/format.ts';
import { flagAt, numberAt, shareOf, textAt, valueAt } from './json-value.ts';
import type { EventValues, JsonPreset, Reject } from './schema.ts';
import { asCode, asIp, microsOf } from './value.ts';
import { DETAIL, HOUSEKEEPING, streamOf } from './zeek-streams.ts';

/** Zeek's JSON logs of every stream: conn, dns, http, ssl, files and the rest, mixed or one by one. */
export const zeek: JsonPreset = {
  kind: 'json',
  name: 'zeek',
  title: 'Zeek network logs (JSON)',
  sentence: 'Network activity as Zeek sees it; the host that opens a connection is the actor.',
  time: utc('epoch-us'),
  columns: [
    'ts',
    'event_id',
    'actor_id',
    'action',
    'object_id',
    'object_type',
    'ip',
    'user_agent',
    'outcome',
    'amount',
    'c_stream',
    'c_proto',
    'm_duration_s',
    'm_orig_bytes',
    'm_resp_bytes',
    'm_orig_pkts',
    'm_resp_pkts',
    'm_resp_port',
  ],
  derive: (record) => derive(record),
  looksLike: (records) =>
    shareOf(records, (record) => {
      const named = textAt(record, '@stream', '_path') !== null;
      return (
        valueAt(record, 'ts') !== undefined &&
        (named || textAt(record, 'uid', 'fuid') !== null) &&
        streamOf(record) !== null
      );
    }),
};

const derive = (record: unknown): EventValues | Reject => {
  const stream = streamOf(record);
  if (stream === null) return { reject: 'not a record of a Zeek stream' };
  if (HOUSEKEEPING.has(stream)) return { reject: 'a record about Zeek itself' };
  const ts = microsOf(valueAt(record, 'ts') ?? valueAt(record, '@timestamp'), 's');
  if (Number.isNaN(ts)) return { reject: 'the time is missing or cannot be read' };
  const actor = asIp(textAt(record, 'id.orig_h', 'id_orig_h', 'rx_hosts', 'src'));
  if (actor === null) return { reject: 'no originating host' };
  const named = Object.hasOwn(DETAIL, stream) ? DETAIL[stream] : undefined;
  const detail = asCode(named === undefined ? null : textAt(record, ...named));
  const sent = numberAt(record, 'orig_bytes', 'request_body_len');
  const received = numberAt(record, 'resp_bytes', 'response_body_len', 'seen_bytes', 'size');
  return {
    ts,
    event_id: textAt(record, 'uid', 'fuid'),
    actor_id: actor,
    action: detail === null ? stream : `${stream}:${detail}`,
    ...targetOf(record, stream),
    ip: actor,
    user_agent: textAt(record, 'user_agent'),
    outcome: outcomeOf(record, stream),
    amount: sent === null && received === null ? null : (sent ?? 0) + (received ?? 0),
    c_stream: stream,
    c_proto: asCode(textAt(record, 'proto')),
    m_duration_s: numberAt(record, 'duration', 'rtt'),
    m_orig_bytes: sent,
    m_resp_bytes: received,
    m_orig_pkts: numberAt(record, 'orig_pkts'),
    m_resp_pkts: numberAt(record, 'resp_pkts'),
    m_resp_port: numberAt(record, 'id.resp_p', 'id_resp_p'),
  };
};

type Target = { readonly object_id: string | null; readonly object_type: string | null };

const targetOf = (record: unknown, stream: string): Target => {
  const of = (id: string | null, type: string): Target => ({ object_id: id, object_type: id === null ? null : type });
  const host = textAt(record, 'id.resp_h', 'id_resp_h', 'tx_hosts', 'dst');
  if (stream === 'dns') return of(textAt(record, 'query') ?? host, 'domain');
  if (stream === 'http') {
    const name = textAt(record, 'host') ?? host;
    const path = textAt(record, 'uri')?.replace(/[?#].*$/s, '') ?? '';
    return of(name === null ? null : name + path, 'url');
  }
  if (stream === 'ssl') return of(textAt(record, 'server_name') ?? host, 'host');
  if (stream === 'smb_files') return of(textAt(record, 'path', 'name') ?? host, 'file');
  if (stream === 'kerberos') return of(textAt(record, 'service') ?? host, 'service');
  return of(host, 'host');
};

/** Connection states of conn.log, Zeek's documentation of `conn_state`. */
const CONN_FAILED = new Set(['S0', 'REJ', 'RSTO', 'RSTR', 'RSTOS0', 'RSTRH', 'SH', 'SHR']);

const outcomeOf = (record: unknown, stream: string): string => {
  const of = (holds: boolean | null): string => (holds === null ? 'unknown' : holds ? 'success' : 'failure');
  if (stream === 'conn') {
    const state = textAt(record, 'conn_state');
    return of(state === 'SF' ? true : state !== null && CONN_FAILED.has(state) ? false : null);
  }
  if (stream === 'dns') {
    const code = textAt(record, 'rcode_name');
    return of(code === null ? null : code === 'NOERROR');
  }
  if (stream === 'http') {
    const status = numberAt(record, 'status_code');
    return of(status === null ? null : status < 400);
  }
  const flag = flagAt(record, 'success', 'auth_success', 'established');
  return of(flag === null ? null : flag === 1);
};
