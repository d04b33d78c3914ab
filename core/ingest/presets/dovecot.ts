import type { MailServerEvent } from './mail-server-event.ts';
import { mechanism } from './mail-server-event.ts';
import { asIp } from './value.ts';

const SERVICES = new Set(['imap', 'pop3', 'lmtp', 'lda', 'managesieve', 'submission']);

/** Logins, failed logins, log-outs and deliveries of Dovecot; undefined for its other messages. */
export const readDovecot = (message: string): MailServerEvent | undefined =>
  readLogin(message) ?? readSession(message) ?? readAuthFailure(message);

const readLogin = (message: string): MailServerEvent | undefined => {
  const m =
    /^(imap|pop3|managesieve|submission)-login: (?:Info: )?(Login|Disconnected|Aborted login|Maximum)\b(.*)$/.exec(
      message,
    );
  if (m === null) return undefined;
  const [, service = '', verb, rest = ''] = m;
  const ip = asIp(/\brip=([^,\s]+)/.exec(rest)?.[1] ?? null);
  const user = /\buser=<([^>]*)>/.exec(rest)?.[1];
  const method = mechanism(/\bmethod=([\w-]+)/.exec(rest)?.[1]);
  const attempts = /\(auth failed, (\d+) attempts?/.exec(rest)?.[1];
  const object = user === '' ? undefined : user;
  if (verb === 'Login') return { action: `${service}:login`, outcome: 'success', actor: object ?? ip, ip, method };
  const failed = attempts !== undefined;
  const actor = ip ?? object ?? null;
  const action = failed ? 'login' : 'no_login';
  return {
    action: `${service}:${action}`,
    outcome: failed ? 'failure' : 'unknown',
    actor,
    ip,
    method,
    object,
    attempts,
  };
};

const readSession = (message: string): MailServerEvent | undefined => {
  const m = /^(\w+)\(([^)]+)\)(?:<[^>]*>)*: (?:Info: )?(.*)$/.exec(message);
  if (m === null || !SERVICES.has(m[1] ?? '')) return undefined;
  const [, service = '', names = '', text = ''] = m;
  const actor = /^\d+$/.test(names) ? null : (names.split(',').find((part) => !/^\d+$/.test(part)) ?? null);
  if (/^(?:Logged out|Disconnected|Connection closed)/.test(text)) {
    const bytes = /\bout=(\d+)/.exec(text)?.[1] ?? /\bbytes=\d+\/(\d+)/.exec(text)?.[1];
    return { action: `${service}:logout`, outcome: 'unknown', actor, bytes };
  }
  const stored = /\b(?:stored mail into mailbox|saved mail to)\b/.test(text);
  return stored ? { action: `${service}:stored`, outcome: 'success', actor } : undefined;
};

const readAuthFailure = (message: string): MailServerEvent | undefined => {
  const m =
    /^auth(?:-worker)?(?:\(\d+\))?: (?:Info: )?\w+\(([^,)]*),([^,)]+)[^)]*\): (?:unknown user|Password mismatch|pam_authenticate)/.exec(
      message,
    );
  if (m === null) return undefined;
  const ip = asIp(m[2] ?? null);
  return { action: 'auth:failed', outcome: 'failure', actor: ip, ip, object: m[1] };
};
