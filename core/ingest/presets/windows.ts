import { utc } from '../time/format.ts';
import { shareOf, textAt } from './json-value.ts';
import type { EventValues, JsonPreset, Reject } from './schema.ts';
import { asCode, asIp } from './value.ts';
import { channelOf, computerOf, data, eventId, timeOf } from './windows-fields.ts';

/** Windows event logs as JSON: NXLog's flat fields, Winlogbeat's `winlog.*`, and `Event.System` as evtx tools write it. */
export const windows: JsonPreset = {
  kind: 'json',
  name: 'windows',
  title: 'Windows event log (JSON)',
  sentence: 'Security, Sysmon and other Windows events; the account is the actor, for system accounts the computer.',
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
    'outcome',
    'text',
    'c_channel',
    'c_logon_type',
  ],
  derive: (record) => derive(record),
  looksLike: (records) =>
    shareOf(records, (record) => eventId(record) !== null && channelOf(record) !== null && computerOf(record) !== null),
};

const derive = (record: unknown): EventValues | Reject => {
  const id = eventId(record);
  if (id === null) return { reject: 'no event id' };
  const ts = timeOf(record);
  if (Number.isNaN(ts)) return { reject: 'the time is missing or cannot be read' };
  const computer = computerOf(record)?.toLowerCase() ?? null;
  const actor = actorOf(record, id, computer) ?? computer;
  if (actor === null) return { reject: 'no account and no computer' };
  const channel = shortChannel(channelOf(record) ?? 'unknown');
  return {
    ts,
    event_id: textAt(record, 'RecordNumber', 'winlog.record_id', 'Event.System.EventRecordID', 'EventRecordID'),
    actor_id: actor,
    action: `${channel}:${id}`,
    ...targetOf(record, actor),
    ip: sourceIp(record),
    device_id: computer,
    session_id: data(record, 'TargetLogonId', 'SubjectLogonId', 'LogonId'),
    outcome: outcomeOf(record, id),
    text: data(record, 'CommandLine', 'ScriptBlockText', 'Payload'),
    c_channel: channel,
    c_logon_type: logonType(record),
  };
};

/** 'Microsoft-Windows-Sysmon/Operational' → 'Sysmon'. */
const shortChannel = (channel: string): string =>
  asCode(channel.replace(/^Microsoft-Windows-/, '').replace(/\/Operational$/, '')) ?? 'unknown';

/** Logon events are about the account that logs on: 4624 and 4625 logon, 4634 and 4647 logoff, 4768 to 4777 Kerberos and NTLM. */
const LOGON_EVENTS = new Set([4624, 4625, 4634, 4647, 4768, 4769, 4770, 4771, 4772, 4773, 4776, 4777, 4778, 4779]);
/** Built-in accounts are the same on every computer: there the computer is who acts. */
const BUILT_IN = /^(?:system|local service|network service|anonymous logon|local system|dwm-\d+|umfd-\d+|n\/a)$/;

const actorOf = (record: unknown, id: number, computer: string | null): string | null => {
  const logon = LOGON_EVENTS.has(id) ? data(record, 'TargetUserName') : null;
  const name =
    logon ?? data(record, 'SubjectUserName', 'User', 'UserName') ?? textAt(record, 'AccountName', 'winlog.user.name');
  const account =
    name
      ?.slice(name.lastIndexOf('\\') + 1)
      .replace(/@.*$/, '')
      .toLowerCase() ?? null;
  if (account === null || account === '' || BUILT_IN.test(account)) return null;
  return account.endsWith('$') && account.slice(0, -1) === computer?.replace(/\..*$/, '') ? null : account;
};

/** 0.0.0.0 and :: stand for no address. */
const sourceIp = (record: unknown): string | null => {
  const ip = asIp(data(record, 'IpAddress', 'SourceIp', 'SourceAddress', 'ClientAddress'));
  return ip === '0.0.0.0' || ip === '::' ? null : ip;
};

/** Fields that name what an event is about, most telling first. */
const TARGETS: readonly (readonly [field: string, type: string])[] = [
  ['NewProcessName', 'process'],
  ['TargetFilename', 'file'],
  ['TargetObject', 'registry'],
  ['ObjectName', 'object'],
  ['ImageLoaded', 'module'],
  ['TargetImage', 'process'],
  ['DestinationIp', 'host'],
  ['DestAddress', 'host'],
  ['QueryName', 'domain'],
  ['ServiceName', 'service'],
  ['TaskName', 'task'],
  ['ShareName', 'share'],
  ['TargetServerName', 'host'],
  ['Image', 'process'],
  ['ProcessName', 'process'],
  ['Application', 'process'],
  ['TargetUserName', 'account'],
];

type Target = { readonly object_id: string | null; readonly object_type: string | null };

const targetOf = (record: unknown, actor: string): Target => {
  for (const [field, type] of TARGETS) {
    const id = data(record, field)?.toLowerCase() ?? null;
    if (id !== null && id !== actor) return { object_id: id, object_type: type };
  }
  return { object_id: null, object_type: null };
};

/** Audit failures by type, by keyword, or by the ids Windows keeps for failures. */
const FAILURES = new Set([4625, 4771, 4772, 4773, 4777, 5157, 5152]);

const outcomeOf = (record: unknown, id: number): string => {
  const named = textAt(record, 'EventType', 'winlog.keywords', 'Keywords', 'event.outcome')?.toLowerCase() ?? '';
  if (named.includes('failure') || FAILURES.has(id)) return 'failure';
  return named.includes('success') ? 'success' : 'unknown';
};

const logonType = (record: unknown): string | null => {
  const type = data(record, 'LogonType');
  return type !== null && /^\d{1,2}$/.test(type) ? type : null;
};
