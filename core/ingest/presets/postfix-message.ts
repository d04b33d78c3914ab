import type { MailServerEvent } from './mail-server-event.ts';
import { mechanism } from './mail-server-event.ts';
import { asIp } from './value.ts';

/** Who a message in flight came from. */
export type Sender = { readonly actor: string; readonly ip: string | null };

/** Messages in flight that are remembered to join their lines: about 10 MB at most. */
const MAX_QUEUE_IDS = 50_000;

const QUEUED = /^([0-9A-F]{6,16}|[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{10,20}): (.*)$/;
const CLIENT = String.raw`[^\s[]*\[(?<ip>[^\]]+)\](?::\d+)?`;
const CONNECT = new RegExp(`^(connect|disconnect) from ${CLIENT}`);
const LOST = new RegExp(`^(?:lost connection|timeout|too many errors) after [\\w -]+ (?:\\(.*\\) )?from ${CLIENT}`);
const REFUSED = new RegExp(`(?:milter-)?reject: [\\w-]+ from ${CLIENT}: (?<rest>.*)$`);
const LOGIN_FAILED = new RegExp(`^warning: ${CLIENT}: SASL (?<method>[\\w-]+) authentication failed`);
const ADMITTED = new RegExp(`^client=${CLIENT}(?<rest>.*)$`);
const DELIVERED = /^to=<([^>]*)>,.*?\bdelay=([\d.]+),.*?\bstatus=(\w+)/;
const STATUSES = new Set(['sent', 'deferred', 'bounced', 'expired', 'deliverable', 'undeliverable', 'SOFTBOUNCE']);
/** What one message of a Postfix daemon says, joined over `senders` by its queue id; undefined for debug and service messages. */
export const readPostfix = (
  daemon: string,
  message: string,
  senders: Map<string, Sender>,
): MailServerEvent | undefined => {
  const queued = QUEUED.exec(message);
  const id = queued?.[1];
  const text = queued?.[2] ?? message;
  if (daemon === 'smtpd' || daemon === 'postscreen') return readClient(text, id, senders);
  if (id === undefined) return undefined;
  const sender = senders.get(id);
  if (daemon === 'pickup') {
    const local = /^uid=(\d+) from=<(.*)>/.exec(text);
    if (local === null) return undefined;
    const actor = local[2] === '' || local[2] === undefined ? `uid ${local[1]}` : local[2];
    remember(senders, id, { actor, ip: null });
    return { action: 'pickup:submitted', outcome: 'success', actor };
  }
  if (daemon === 'qmgr') return readQueue(text, id, sender, senders);
  const delivered = DELIVERED.exec(text);
  if (delivered === null) return undefined;
  const [, object, delaySeconds, status = ''] = delivered;
  const known = STATUSES.has(status) ? status.toLowerCase() : 'other';
  const outcome = known === 'sent' || known === 'deliverable' ? 'success' : 'failure';
  return { action: `delivery:${known}`, outcome, actor: sender?.actor ?? null, ip: sender?.ip, object, delaySeconds };
};

const readClient = (
  text: string,
  id: string | undefined,
  senders: Map<string, Sender>,
): MailServerEvent | undefined => {
  const admitted = ADMITTED.exec(text)?.groups;
  if (admitted !== undefined && id !== undefined) {
    const ip = asIp(admitted.ip ?? null);
    const user = /sasl_username=([^,\s]+)/.exec(admitted.rest ?? '')?.[1];
    const method = mechanism(/sasl_method=([^,\s]+)/.exec(admitted.rest ?? '')?.[1]);
    const actor = user ?? ip;
    if (actor !== null) remember(senders, id, { actor, ip });
    return { action: user === undefined ? 'smtpd:accepted' : 'smtpd:submitted', outcome: 'success', actor, ip, method };
  }
  const connection = CONNECT.exec(text);
  if (connection !== null) return { action: `smtpd:${connection[1]}`, outcome: 'unknown', ...client(connection) };
  const refused = REFUSED.exec(text);
  if (refused !== null) {
    const rest = refused.groups?.rest ?? '';
    const user = /sasl_username=<?([^>,\s]+)/.exec(rest)?.[1];
    const from = client(refused);
    const object = /(?:^|[;\s])to=<([^>]*)>/.exec(rest)?.[1];
    return { action: 'smtpd:reject', outcome: 'failure', actor: user ?? from.actor, ip: from.ip, object };
  }
  const failed = LOGIN_FAILED.exec(text);
  if (failed !== null) {
    return { action: 'smtpd:login', outcome: 'failure', ...client(failed), method: mechanism(failed.groups?.method) };
  }
  const lost = LOST.exec(text);
  return lost === null ? undefined : { action: 'smtpd:lost', outcome: 'failure', ...client(lost) };
};

const client = (match: RegExpExecArray): { readonly actor: string | null; readonly ip: string | null } => {
  const ip = asIp(match.groups?.ip ?? null);
  return { actor: ip, ip };
};

const readQueue = (
  text: string,
  id: string,
  sender: Sender | undefined,
  senders: Map<string, Sender>,
): MailServerEvent | undefined => {
  if (text === 'removed') {
    senders.delete(id);
    return { action: 'qmgr:removed', outcome: 'unknown', actor: sender?.actor ?? null, ip: sender?.ip };
  }
  const queued = /^from=<(.*?)>, (?:size=(\d+), nrcpt=(\d+)|status=(expired))/.exec(text);
  if (queued === null) return undefined;
  const [, from = '', bytes, recipients, expired] = queued;
  const actor = sender?.actor ?? (from === '' ? 'mailer-daemon' : from);
  if (sender === undefined) remember(senders, id, { actor, ip: null });
  if (expired !== undefined) return { action: 'qmgr:expired', outcome: 'failure', actor, ip: sender?.ip };
  return { action: 'qmgr:queued', outcome: 'success', actor, ip: sender?.ip, bytes, recipients };
};

const remember = (senders: Map<string, Sender>, id: string, sender: Sender): void => {
  senders.delete(id);
  senders.set(id, sender);
  if (senders.size <= MAX_QUEUE_IDS) return;
  const oldest = senders.keys().next();
  if (oldest.done !== true) senders.delete(oldest.value);
};
