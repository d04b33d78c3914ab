import { textAt, valueAt } from './json-value.ts';

/** Streams in which Zeek reports on itself. */
export const HOUSEKEEPING = new Set([
  'loaded_scripts',
  'packet_filter',
  'stats',
  'capture_loss',
  'reporter',
  'broker',
  'cluster',
  'print',
  'prof',
  'telemetry',
]);

/** What refines a stream's action. */
export const DETAIL: Readonly<Record<string, readonly string[]>> = {
  conn: ['service', 'proto'],
  dns: ['qtype_name'],
  http: ['method'],
  ssl: ['version'],
  dce_rpc: ['operation'],
  smb_files: ['action'],
  smb_mapping: ['share_type'],
  kerberos: ['request_type'],
  files: ['source'],
  notice: ['note'],
  weird: ['name'],
  rdp: ['security_protocol'],
  ftp: ['command'],
};

/** Streams known by a field only they have, for logs that do not name their stream. */
const TELLING: readonly (readonly [stream: string, field: string])[] = [
  ['conn', 'conn_state'],
  ['dns', 'qtype_name'],
  ['dns', 'query'],
  ['http', 'uri'],
  ['http', 'status_code'],
  ['ssl', 'cipher'],
  ['ssl', 'server_name'],
  ['kerberos', 'request_type'],
  ['dce_rpc', 'operation'],
  ['smb_files', 'times_modified'],
  ['smb_mapping', 'share_type'],
  ['files', 'seen_bytes'],
  ['ssh', 'auth_attempts'],
  ['ssh', 'hassh'],
  ['notice', 'note'],
  ['ntlm', 'server_nb_computer_name'],
  ['smtp', 'rcptto'],
  ['rdp', 'security_protocol'],
  ['x509', 'certificate.serial'],
];

/** The stream a record belongs to; null when it is none of Zeek's. */
export const streamOf = (record: unknown): string | null => {
  const named = textAt(record, '@stream', '_path');
  if (named !== null) return /^[a-z][a-z0-9_]{0,39}$/.test(named) ? named : null;
  return TELLING.find(([, field]) => valueAt(record, field) !== undefined)?.[0] ?? null;
};
