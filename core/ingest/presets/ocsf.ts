import { utc } from '../time/format.ts';
import { numberAt, shareOf, textAt, valueAt } from './json-value.ts';
import type { EventValues, JsonPreset, Reject } from './schema.ts';
import { asCode, asIp, microsOf } from './value.ts';

/** Open Cybersecurity Schema Framework events, as Amazon Security Lake and others write them. */
export const ocsf: JsonPreset = {
  kind: 'json',
  name: 'ocsf',
  title: 'OCSF (JSON)',
  sentence: 'Events in OCSF fields; actor.user is the actor, else the user, the source address or the device.',
  time: utc('epoch-us'),
  columns: [
    'ts',
    'event_id',
    'actor_id',
    'action',
    'object_id',
    'object_type',
    'ip',
    'device_id',
    'session_id',
    'user_agent',
    'country',
    'asn',
    'outcome',
    'amount',
    'text',
    'c_class',
    'm_severity_id',
    'm_duration_ms',
    'm_count',
  ],
  derive: (record) => derive(record),
  looksLike: (records) =>
    shareOf(records, (record) => valueAt(record, 'class_uid') !== undefined && valueAt(record, 'time') !== undefined),
};

const derive = (record: unknown): EventValues | Reject => {
  const ts = microsOf(valueAt(record, 'time') ?? valueAt(record, 'time_dt'), 'ms');
  if (Number.isNaN(ts)) return { reject: 'the time is missing or cannot be read' };
  const ip = asIp(textAt(record, 'src_endpoint.ip', 'actor.endpoint.ip', 'device.ip'));
  const user = textAt(record, 'actor.user.uid', 'actor.user.name', 'actor.user.email_addr', 'user.uid', 'user.name');
  const actor = user ?? ip ?? textAt(record, 'actor.process.uid', 'device.uid', 'device.hostname');
  if (actor === null) return { reject: 'no user, address or device' };
  const kind = asCode(textAt(record, 'class_name')) ?? code(numberAt(record, 'class_uid'));
  const activity = asCode(textAt(record, 'api.operation', 'activity_name')) ?? code(numberAt(record, 'activity_id'));
  return {
    ts,
    event_id: textAt(record, 'metadata.uid', 'metadata.original_event_uid'),
    actor_id: actor,
    action: `${kind ?? 'unknown'}:${activity ?? 'unknown'}`,
    ...targetOf(record, actor),
    ip,
    device_id: textAt(record, 'device.uid', 'device.hostname', 'src_endpoint.uid', 'src_endpoint.hostname'),
    session_id: textAt(record, 'actor.session.uid', 'session.uid'),
    user_agent: textAt(record, 'http_request.user_agent'),
    country: asCode(textAt(record, 'src_endpoint.location.country')),
    asn: textAt(record, 'src_endpoint.autonomous_system.number'),
    outcome: outcomeOf(record),
    amount: numberAt(record, 'traffic.bytes', 'file.size', 'http_response.length'),
    text: textAt(record, 'email.subject', 'message'),
    c_class: kind,
    m_severity_id: numberAt(record, 'severity_id'),
    m_duration_ms: numberAt(record, 'duration'),
    m_count: numberAt(record, 'count'),
  };
};

const code = (number: number | null): string | null => (number === null ? null : String(number));

/** OCSF `status_id`: 1 success, 2 failure. */
const outcomeOf = (record: unknown): string => {
  const id = numberAt(record, 'status_id');
  if (id === 1) return 'success';
  if (id === 2) return 'failure';
  const status = textAt(record, 'status')?.toLowerCase();
  return status === 'success' || status === 'failure' ? status : 'unknown';
};

const TARGETS: readonly (readonly [path: string, type: string])[] = [
  ['resources.0.uid', 'resource'],
  ['resources.0.name', 'resource'],
  ['resource.uid', 'resource'],
  ['user.uid', 'user'],
  ['user.name', 'user'],
  ['http_request.url.path', 'url'],
  ['query.hostname', 'domain'],
  ['file.path', 'file'],
  ['file.name', 'file'],
  ['dst_endpoint.hostname', 'host'],
  ['dst_endpoint.ip', 'host'],
  ['process.name', 'process'],
  ['api.service.name', 'service'],
  ['web_resources.0.uid', 'resource'],
];

type Target = { readonly object_id: string | null; readonly object_type: string | null };

const targetOf = (record: unknown, actor: string): Target => {
  for (const [path, type] of TARGETS) {
    const id = textAt(record, path);
    if (id !== null && id !== actor) return { object_id: id, object_type: type };
  }
  return { object_id: null, object_type: null };
};
