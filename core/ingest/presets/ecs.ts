import { utc } from '../time/format.ts';
import { numberAt, shareOf, textAt, valueAt } from './json-value.ts';
import type { EventValues, JsonPreset, Reject } from './schema.ts';
import { asCode, asIp, microsOf } from './value.ts';

/** Elastic Common Schema events, nested or with dotted keys, also inside `_source` of an export. */
export const ecs: JsonPreset = {
  kind: 'json',
  name: 'ecs',
  title: 'Elastic Common Schema (JSON)',
  sentence: 'Events in ECS fields; user.id or user.name is the actor, else the source address or the host.',
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
    'c_category',
    'm_duration_s',
    'm_severity',
  ],
  derive: (record) => derive(valueAt(record, '_source') ?? record),
  looksLike: (records) =>
    shareOf(records, (wrapped) => {
      const record = valueAt(wrapped, '_source') ?? wrapped;
      return valueAt(record, '@timestamp') !== undefined && SIGNS.some((path) => valueAt(record, path) !== undefined);
    }),
};

const SIGNS = ['ecs.version', 'event.action', 'event.category', 'event.kind', 'event.outcome', 'event.dataset'];

const derive = (record: unknown): EventValues | Reject => {
  const ts = microsOf(valueAt(record, '@timestamp'), 'ms');
  if (Number.isNaN(ts)) return { reject: 'the time is missing or cannot be read' };
  const ip = asIp(textAt(record, 'source.ip', 'client.ip', 'source.address', 'host.ip'));
  const actor =
    textAt(record, 'user.id', 'user.name', 'user.email', 'source.user.id', 'source.user.name', 'client.user.name') ??
    ip;
  const known = actor ?? textAt(record, 'host.id', 'host.name', 'agent.id');
  if (known === null) return { reject: 'no user, address or host' };
  const nanoseconds = numberAt(record, 'event.duration');
  return {
    ts,
    event_id: textAt(record, 'event.id'),
    actor_id: known,
    action: asCode(textAt(record, 'event.action', 'event.type', 'event.category', 'http.request.method', 'event.code')),
    ...targetOf(record),
    ip,
    device_id: textAt(record, 'device.id', 'host.id', 'host.name'),
    session_id: textAt(record, 'session.id', 'user.session.id', 'process.session_leader.entity_id'),
    user_agent: textAt(record, 'user_agent.original', 'user_agent.name'),
    country: asCode(textAt(record, 'source.geo.country_iso_code', 'client.geo.country_iso_code')),
    asn: textAt(record, 'source.as.number', 'client.as.number'),
    outcome: outcomeOf(record),
    amount: numberAt(record, 'http.response.body.bytes', 'source.bytes', 'network.bytes', 'file.size'),
    text: textAt(record, 'email.subject', 'message'),
    c_category: asCode(textAt(record, 'event.category')),
    m_duration_s: nanoseconds === null ? null : nanoseconds / 1e9,
    m_severity: numberAt(record, 'event.severity'),
  };
};

const outcomeOf = (record: unknown): string => {
  const outcome = textAt(record, 'event.outcome')?.toLowerCase() ?? '';
  return outcome === 'success' || outcome === 'failure' ? outcome : 'unknown';
};

const TARGETS: readonly (readonly [path: string, type: string])[] = [
  ['entity.target.id', 'entity'],
  ['user.target.id', 'user'],
  ['user.target.name', 'user'],
  ['url.path', 'url'],
  ['url.full', 'url'],
  ['url.original', 'url'],
  ['file.path', 'file'],
  ['file.name', 'file'],
  ['dns.question.name', 'domain'],
  ['destination.domain', 'host'],
  ['destination.ip', 'host'],
  ['destination.address', 'host'],
  ['process.executable', 'process'],
  ['process.name', 'process'],
  ['cloud.instance.id', 'instance'],
  ['service.name', 'service'],
];

type Target = { readonly object_id: string | null; readonly object_type: string | null };

const targetOf = (record: unknown): Target => {
  for (const [path, type] of TARGETS) {
    const id = textAt(record, path);
    if (id === null) continue;
    const declared = path === 'entity.target.id' ? asCode(textAt(record, 'entity.target.type')) : null;
    return { object_id: type === 'url' ? id.replace(/[?#].*$/s, '') : id, object_type: declared ?? type };
  }
  return { object_id: null, object_type: null };
};
