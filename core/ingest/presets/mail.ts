import { utc } from '../time/format.ts';
import { parseTimestamp } from '../time/parse.ts';
import type { Mail } from './mail-headers.ts';
import { addressesIn, decodeWords, headerOf, headersOf, readMail } from './mail-headers.ts';
import type { FieldValues, MailPreset, Reject } from './schema.ts';
import { asIp } from './value.ts';

const FIELDS = [
  'time',
  'message_id',
  'from_addr',
  'from_domain',
  'to_addr',
  'relay_ip',
  'origin_ip',
  'mailer',
  'subject',
  'content_type',
  'hops',
  'recipients',
  'body_bytes',
  'links',
  'attachments',
  'has_list_id',
  'reply_to_differs',
  'return_path_differs',
] as const;

/** Mails, from an mbox or one file each: who sends what kind of mail to how many. The body is counted, never kept. */
export const mail: MailPreset = {
  kind: 'mail',
  name: 'mail',
  title: 'Mail headers (mbox or .eml)',
  sentence: 'Mails by their headers; the domain of the sender is the actor, the subject is used for its features only.',
  fields: FIELDS,
  map: {
    ts: 'time',
    event_id: 'message_id',
    actor_id: 'from_domain',
    object_id: 'to_addr',
    ip: 'relay_ip',
    user_agent: 'mailer',
    text: 'subject',
    c_content_type: 'content_type',
    m_hops: 'hops',
    m_recipients: 'recipients',
    m_body_bytes: 'body_bytes',
    m_links: 'links',
    m_attachments: 'attachments',
    m_has_list_id: 'has_list_id',
    m_reply_to_differs: 'reply_to_differs',
    m_return_path_differs: 'return_path_differs',
  },
  time: utc('epoch-us'),
  parse: (message) => parse(message),
  looksLike: (head) => looksLike(head),
};

const parse = (message: string): FieldValues | Reject => {
  const read = readMail(message);
  if (read === undefined) return { reject: message.trim() === '' ? 'empty message' : 'no mail headers' };
  const micros = timeOf(read);
  if (Number.isNaN(micros)) return { reject: 'the time is missing or cannot be read' };
  const sender = addressesIn(headerOf(read, 'from'))[0] ?? addressesIn(headerOf(read, 'sender'))[0] ?? returnPath(read);
  if (sender === undefined) return { reject: 'no sender' };
  const received = headersOf(read, 'received');
  const recipients = ['to', 'cc', 'bcc'].flatMap((name) => headersOf(read, name).flatMap(addressesIn));
  const body = unquoteFrom(read.body);
  return [
    String(micros),
    headerOf(read, 'message-id')?.replace(/[<>]/g, '') ?? null,
    sender,
    domainOf(sender),
    recipients[0] ?? null,
    relayIp(received[0]),
    relayIp(received.at(-1)),
    headerOf(read, 'x-mailer') ?? headerOf(read, 'user-agent') ?? null,
    decodeWords(headerOf(read, 'subject') ?? '') || null,
    contentType(headerOf(read, 'content-type')),
    String(received.length),
    String(recipients.length),
    String(Buffer.byteLength(body)),
    String(body.match(/\bhttps?:\/\//gi)?.length ?? 0),
    String(body.match(/^content-disposition:\s*attachment/gim)?.length ?? 0),
    flag(headerOf(read, 'list-id') !== undefined || headerOf(read, 'list-unsubscribe') !== undefined),
    flag(differs(addressesIn(headerOf(read, 'reply-to'))[0], sender)),
    flag(differs(returnPath(read), sender)),
  ];
};

/** When the receiving server took the mail; the sender's own Date only where no Received line has a time. */
const timeOf = (read: Mail): number => {
  const stamps = [
    headersOf(read, 'received')[0]?.split(';').at(-1),
    headerOf(read, 'date'),
    headerOf(read, 'delivery-date'),
  ];
  for (const stamp of stamps) {
    const micros = stamp === undefined ? Number.NaN : parseTimestamp(stamp, utc('rfc2822'));
    if (!Number.isNaN(micros)) return micros;
  }
  return Number.NaN;
};

const returnPath = (read: Mail): string | undefined => addressesIn(headerOf(read, 'return-path'))[0];

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** The address a Received line gives for the sending host: in brackets after `from` and its name. */
const relayIp = (received: string | undefined): string | null => {
  const from = received?.split(/\sby\s/)[0] ?? '';
  for (const m of from.matchAll(/[[(](?:IPv6:)?([0-9a-fA-F.:]+)[\])]/g)) {
    const ip = asIp(m[1] ?? null);
    if (ip !== null) return ip;
  }
  return null;
};

/** Top-level media types of the IANA registry; a subtype only when it is a usual one. */
const CONTENT_TYPE =
  /^(text\/(?:plain|html|calendar|enriched)|multipart\/(?:mixed|alternative|related|signed|report|encrypted|digest|form-data))$/;

const contentType = (header: string | undefined): string | null => {
  if (header === undefined) return null;
  const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
  return CONTENT_TYPE.test(type) ? type : 'other';
};

const differs = (address: string | undefined, sender: string): boolean =>
  address !== undefined && domainOf(address) !== domainOf(sender);

const flag = (holds: boolean): string => (holds ? '1' : '0');

const KNOWN = new Set([
  'received',
  'from',
  'to',
  'date',
  'subject',
  'message-id',
  'return-path',
  'delivered-to',
  'mime-version',
]);

const looksLike = (head: string): number => {
  const read = readMail(head);
  if (read === undefined) return 0;
  const known = new Set(read.headers.map(([name]) => name).filter((name) => KNOWN.has(name)));
  return Math.min(1, known.size / 4);
};

/** A message's text with the quoting of From_ lines (`>From `, `>>From `) taken back by one. */
const unquoteFrom = (text: string): string => text.replace(/^>(>*From )/gm, '$1');
