import { asIp } from './value.ts';

/** Who logs in, or tries to, from where. */
export type Login = {
  readonly action: string;
  readonly outcome: string;
  readonly ip: string;
  readonly user?: string | undefined;
  readonly method?: string | undefined;
};

/** One message form: groups of the pattern by name become the login's parts. */
type Form = { readonly pattern: RegExp; readonly action: string; readonly outcome: string };

const FROM = String.raw`(?<ip>(?=[^ ]*[.:])[0-9a-fA-F:.]+(?:%\w+)?)(?: port \d+)?`;
const form = (action: string, outcome: string, pattern: string): Form => ({
  action,
  outcome,
  pattern: new RegExp(`^(?:error: |fatal: )?${pattern}`),
});

/**
 * Messages of OpenSSH's sshd that name a client. User names are greedy and the address is the last one in the line, so a user
 * name that imitates "from ADDRESS" cannot put its address in the place of the client's.
 */
const FORMS: readonly Form[] = [
  form(
    'accepted',
    'success',
    String.raw`Accepted (?<method>[\w/-]+) for (?<user>.*) from ${FROM}(?: ssh\d?)?(?:: .*)?$`,
  ),
  form(
    'failed_invalid_user',
    'failure',
    String.raw`Failed (?<method>[\w/-]+) for invalid user (?<user>.*) from ${FROM}(?: ssh\d?)?(?:: .*)?$`,
  ),
  form('failed', 'failure', String.raw`Failed (?<method>[\w/-]+) for (?<user>.*) from ${FROM}(?: ssh\d?)?(?:: .*)?$`),
  form('invalid_user', 'failure', String.raw`(?:Invalid|Illegal) user (?<user>.*) from ${FROM}$`),
  form(
    'max_attempts',
    'failure',
    String.raw`maximum authentication attempts exceeded for (?:invalid user )?(?<user>.*) from ${FROM} ssh\d? \[preauth\]$`,
  ),
  form(
    'too_many_failures',
    'failure',
    String.raw`Disconnecting (?:invalid user |authenticating user )?(?<user>.*) ${FROM}: .*$`,
  ),
  form('not_allowed', 'failure', String.raw`User (?<user>.*) from ${FROM} not allowed because .*$`),
  form(
    'auth_failure',
    'failure',
    String.raw`pam_\w+\(sshd:auth\): authentication failure; .*rhost=(?<ip>\S+)(?:\s+user=(?<user>.*))?$`,
  ),
  form(
    'auth_failure',
    'failure',
    String.raw`PAM \d+ more authentication failures?; .*rhost=(?<ip>\S+)(?:\s+user=(?<user>.*))?$`,
  ),
  form(
    'closed',
    'unknown',
    String.raw`Connection closed by (?:invalid user |authenticating user )?(?:(?<user>.*) )?${FROM}(?: \[preauth\])?$`,
  ),
  form(
    'reset',
    'unknown',
    String.raw`Connection reset by (?:invalid user |authenticating user )?(?:(?<user>.*) )?${FROM}(?: \[preauth\])?$`,
  ),
  form('disconnect', 'unknown', String.raw`Received disconnect from ${FROM}:.*$`),
  form(
    'disconnected',
    'unknown',
    String.raw`Disconnected from (?:invalid user |authenticating user |user )?(?:(?<user>.*) )?${FROM}(?: \[preauth\])?$`,
  ),
  form('connection', 'unknown', String.raw`Connection from ${FROM} on .*$`),
  form('session', 'success', String.raw`Starting session: .* for (?<user>.*) from ${FROM} id \d+$`),
  form('no_identification', 'failure', String.raw`Did not receive identification string from ${FROM}$`),
  form('bad_protocol', 'failure', String.raw`Bad protocol version identification '.*' from ${FROM}$`),
  form('bad_protocol', 'failure', String.raw`(?:banner exchange|ssh_dispatch_run_fatal): Connection from ${FROM}: .*$`),
  form('no_negotiation', 'failure', String.raw`Unable to negotiate with ${FROM}: .*$`),
  form(
    'timeout',
    'failure',
    String.raw`(?:Timeout before authentication for|drop connection #\d+ from) (?:\[)?${FROM}.*$`,
  ),
  form(
    'reverse_mapping',
    'unknown',
    String.raw`(?:reverse mapping checking getaddrinfo for .*|Address|Nasty PTR record .*) \[?${FROM}\]?.*$`,
  ),
];

/** Methods sshd itself names (auth2-*.c); others are 'other'. */
const METHODS = new Set([
  'password',
  'publickey',
  'keyboard-interactive/pam',
  'keyboard-interactive',
  'hostbased',
  'gssapi-with-mic',
  'none',
]);

/** What a message of sshd says of a client; undefined when it names none. */
export const readLogin = (message: string): Login | undefined => {
  for (const { pattern, action, outcome } of FORMS) {
    const groups = pattern.exec(message)?.groups;
    const ip = asIp(groups?.ip?.replace(/%\w+$/, '') ?? null);
    if (groups === undefined || ip === null) continue;
    const method = groups.method === undefined || METHODS.has(groups.method) ? groups.method : 'other';
    return { action, outcome, ip, user: groups.user?.trim(), method };
  }
  return undefined;
};
