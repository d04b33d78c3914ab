import { utc } from '../time/format.ts';
import { shareOf } from './json-value.ts';
import { readDovecot } from './dovecot.ts';
import type { LineParser, LinePreset, ParserOptions } from './schema.ts';
import { isSyslogLine, syslogReader } from './syslog-line.ts';
import { readPostfix } from './postfix-message.ts';
import type { Sender } from './postfix-message.ts';

const FIELDS = [
  'time',
  'actor',
  'action',
  'outcome',
  'ip',
  'object',
  'object_type',
  'bytes',
  'recipients',
  'delay_s',
  'attempts',
  'method',
] as const;

/** Postfix and Dovecot lines of a mail log: who connects, logs in, sends, is refused, and what became of each message. */
export const postfix: LinePreset = {
  kind: 'lines',
  name: 'postfix',
  title: 'Postfix and Dovecot mail log',
  sentence: 'Steps of mail through Postfix and logins at Dovecot; the signed-in user, else the client, is the actor.',
  fields: FIELDS,
  map: {
    ts: 'time',
    actor_id: 'actor',
    action: 'action',
    object_id: 'object',
    object_type: 'object_type',
    ip: 'ip',
    outcome: 'outcome',
    amount: 'bytes',
    m_recipients: 'recipients',
    m_delay_s: 'delay_s',
    m_attempts: 'attempts',
    c_method: 'method',
  },
  time: utc('epoch-us'),
  sequential: true,
  makeParser: (options?: ParserOptions) => makeParser(options),
  looksLike: (lines) => {
    if (shareOf(lines, isSyslogLine) < 0.2) return 0;
    const share = shareOf(lines, (line) => / (?:postfix\S*\/\w+(?:\[\d+\])?|dovecot(?:\[\d+\])?): /.test(line));
    return share === 0 ? 0 : 0.5 + share / 2;
  },
};

const makeParser = (options: ParserOptions | undefined): LineParser => {
  const read = syslogReader(options);
  const senders = new Map<string, Sender>();
  return (line) => {
    const entry = read(line);
    if (entry === undefined) return { reject: line.trim() === '' ? 'empty line' : 'not a line of syslog' };
    const daemon = /^postfix[\w-]*\/(?:[\w-]+\/)?([\w-]+)$/.exec(entry.program)?.[1];
    if (daemon === undefined && entry.program !== 'dovecot') return { reject: 'not a Postfix or Dovecot event' };
    const event = daemon === undefined ? readDovecot(entry.message) : readPostfix(daemon, entry.message, senders);
    if (event === undefined) return { reject: 'a debug or service message' };
    if (event.actor === null) return { reject: 'the line that names the sender is missing' };
    if (Number.isNaN(entry.micros)) return { reject: 'the time cannot be read' };
    const object = event.object === undefined || event.object === '' ? null : event.object;
    return [
      String(entry.micros),
      event.actor,
      event.action,
      event.outcome,
      event.ip ?? null,
      object,
      object === null ? null : 'mailbox',
      event.bytes ?? null,
      event.recipients ?? null,
      event.delaySeconds ?? null,
      event.attempts ?? null,
      event.method ?? null,
    ];
  };
};
