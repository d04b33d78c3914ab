import { utc } from '../time/format.ts';
import { shareOf } from './json-value.ts';
import type { LineParser, LinePreset, ParserOptions } from './schema.ts';
import { isSyslogLine, syslogReader } from './syslog-line.ts';
import { readLogin } from './sshd-messages.ts';

const PROGRAM = /^sshd(?:-session|-auth)?$/;

const FIELDS = ['time', 'client', 'action', 'outcome', 'user', 'method', 'attempts', 'is_preauth'] as const;

/** OpenSSH server messages of an auth.log: the client address is the actor, the account it tries the object. */
export const sshd: LinePreset = {
  kind: 'lines',
  name: 'sshd',
  title: 'SSH auth log',
  sentence: 'Logins and attempts at an SSH server; the client address is the actor, the account the object.',
  fields: FIELDS,
  map: {
    ts: 'time',
    actor_id: 'client',
    action: 'action',
    object_id: 'user',
    ip: 'client',
    outcome: 'outcome',
    c_method: 'method',
    m_attempts: 'attempts',
    m_is_preauth: 'is_preauth',
  },
  time: utc('epoch-us'),
  sequential: true,
  makeParser: (options?: ParserOptions) => makeParser(options),
  looksLike: (lines) => {
    if (shareOf(lines, isSyslogLine) < 0.2) return 0;
    const share = shareOf(lines, (line) => / sshd(?:-session|-auth)?(?:\[\d+\])?: /.test(line));
    return share === 0 ? 0 : 0.5 + share / 2;
  },
};

const makeParser = (options: ParserOptions | undefined): LineParser => {
  const read = syslogReader(options);
  return (line) => {
    const entry = read(line);
    if (entry === undefined) return { reject: line.trim() === '' ? 'empty line' : 'not a line of syslog' };
    if (!PROGRAM.test(entry.program)) return { reject: 'not an sshd event' };
    const repeated = /^message repeated (\d+) times: \[ ?(.*)\]$/.exec(entry.message);
    const message = (repeated?.[2] ?? entry.message).trim();
    const login = readLogin(message);
    if (login === undefined) return { reject: 'an sshd message that names no client' };
    if (Number.isNaN(entry.micros)) return { reject: 'the time cannot be read' };
    const more = /^PAM (\d+) more/.exec(message)?.[1];
    const user = login.user === undefined || login.user === '' ? null : login.user;
    const preauth = message.endsWith('[preauth]') ? '1' : '0';
    const attempts = repeated?.[1] ?? more ?? '1';
    return [String(entry.micros), login.ip, login.action, login.outcome, user, login.method ?? null, attempts, preauth];
  };
};
