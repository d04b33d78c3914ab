import { utc } from '../time/format.ts';
import { parseClf } from '../time/wall.ts';
import { shareOf } from './json-value.ts';
import type { FieldValues, LinePreset, Reject } from './schema.ts';

/** Client, identity, user, time, request, status, bytes, then referer and agent; the last quote may be cut off. */
const LINE =
  /^(\S+) (\S+) (.+?) \[([^\]]+)\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (\d+|-)(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"?)?/;
/** The virtual host Apache's vhost_combined puts first. */
const VHOST = /^[\w.-]+:\d{1,5} (?=[\w.:]+ \S+ \S+ \[)/;

/** Methods of the IANA HTTP registry that logs meet; an invented one is 'other', as it may hold anything. */
const METHODS = new Set(
  (
    'GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK SEARCH REPORT ' +
    'ACL BIND CHECKIN CHECKOUT MERGE MKACTIVITY MKCALENDAR PURGE LINK UNLINK PRI'
  ).split(' '),
);
const ASSET = /\.(?:css|js|mjs|map|png|jpe?g|gif|svg|webp|avif|ico|bmp|woff2?|ttf|eot|otf|mp3|mp4|webm)$/i;

const FIELDS = [
  'client',
  'user',
  'time',
  'method',
  'path',
  'status',
  'bytes',
  'outcome',
  'referer',
  'user_agent',
  'is_4xx',
  'is_5xx',
  'has_query',
  'has_referer',
  'is_asset',
  'path_depth',
] as const;

/** Web server access logs: Common Log Format and the combined format of Apache and nginx. */
export const accessLog: LinePreset = {
  kind: 'lines',
  name: 'access-log',
  title: 'Web access log',
  sentence: 'Requests to a web server in the common or combined format; the client address is the actor.',
  fields: FIELDS,
  map: {
    ts: 'time',
    actor_id: 'client',
    action: 'method',
    object_id: 'path',
    ip: 'client',
    user_agent: 'user_agent',
    outcome: 'outcome',
    amount: 'bytes',
    m_is_4xx: 'is_4xx',
    m_is_5xx: 'is_5xx',
    m_has_query: 'has_query',
    m_has_referer: 'has_referer',
    m_is_asset: 'is_asset',
    m_path_depth: 'path_depth',
  },
  time: utc('clf'),
  sequential: false,
  makeParser: () => parseLine,
  looksLike: (lines) => shareOf(lines, (line) => LINE.test(line)),
};

const parseLine = (line: string): FieldValues | Reject => {
  const m = LINE.exec(line.replace(VHOST, ''));
  if (m === null) return { reject: line.trim() === '' ? 'empty line' : 'not a line of an access log' };
  const [, client = '', , user = '-', time = '', request = '', status = '-', bytes = '-', referer = '-', agent = '-'] =
    m;
  if (Number.isNaN(parseClf(time)?.local ?? Number.NaN)) return { reject: 'the time cannot be read' };
  const { method, path, hasQuery } = parseRequest(request);
  return [
    client,
    dashNull(user),
    time,
    method,
    path,
    dashNull(status),
    dashNull(bytes),
    outcomeOf(status),
    dashNull(unescape(referer)),
    dashNull(unescape(agent)),
    flag(status.startsWith('4')),
    flag(status.startsWith('5')),
    flag(hasQuery),
    flag(referer !== '-' && referer !== ''),
    flag(path !== null && ASSET.test(path)),
    path === null ? null : String(path.split('/').filter((part) => part !== '').length),
  ];
};

type Request = { readonly method: string; readonly path: string | null; readonly hasQuery: boolean };

/** Method and path without its query; a request line that is none (a TLS hello, a scan) is 'malformed'. */
const parseRequest = (request: string): Request => {
  const m = /^([A-Za-z_-]{1,32}) +(.+?)(?: +HTTP\/\d(?:\.\d)?)?$/.exec(request);
  if (m === null) return { method: 'malformed', path: null, hasQuery: false };
  const [, method = '', target = ''] = m;
  const cut = target.search(/[?#]/);
  const path = unescape(cut < 0 ? target : target.slice(0, cut)).replace(/;jsessionid=.*$/i, '');
  return { method: METHODS.has(method) ? method : 'other', path: path === '' ? '/' : path, hasQuery: cut >= 0 };
};

const outcomeOf = (status: string): string => {
  if (/^[23]/.test(status)) return 'success';
  return /^[45]/.test(status) ? 'failure' : 'unknown';
};

const flag = (holds: boolean): string => (holds ? '1' : '0');
const dashNull = (text: string): string | null => (text === '-' || text === '' ? null : text);
const unescape = (text: string): string => (text.includes('\\') ? text.replace(/\\(["\\])/g, '$1') : text);
