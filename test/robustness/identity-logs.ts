import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Every raw identifier below holds this, so that one search finds any of them. */
export const MARK = 'Qx7rawZ';

/** Identifiers that cannot hold the mark. */
export const address = (i: number): string => `203.0.${113 + (i % 3)}.${17 + (i % 200)}`;

export type IdentityLog = {
  readonly name: string;
  readonly file: string;
  readonly records: number;
  readonly options?: readonly string[];
};

const COUNT = 400;
const many = (line: (i: number) => string): string =>
  `${Array.from({ length: COUNT }, (_, i) => line(i)).join('\n')}\n`;
const time = (i: number): Date => new Date(Date.UTC(2024, 2, 1) + i * 61_000);
const user = (i: number): string => `${MARK}-user-${i % 37}`;
const two = (n: number): string => String(n).padStart(2, '0');
const syslog = (i: number): string => {
  const at = time(i);
  return `Mar ${String(at.getUTCDate()).padStart(2, ' ')} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
};

const platform = `timestamp,event_id,user,action,item,ip,device,session,user_agent,country,outcome,amount,message\n${many(
  (i) =>
    `${time(i).toISOString()},e-${MARK}-${i},${user(i)}@mail.example,${['view', 'buy', 'post'][i % 3]},p-${MARK}-${i % 90},${address(i)},d-${MARK}-${i % 40},s-${MARK}-${i % 80},${MARK}Agent/5.${i % 20},ES,${i % 9 === 0 ? 'failure' : 'success'},${i % 7 === 0 ? i : ''},"Hello ${MARK}-friend ${i}, call +49 30 ${5_550_000 + i}"`,
)}`;

const access = many((i) => {
  const at = time(i);
  const clf = `${two(at.getUTCDate())}/Mar/2024:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
  return `${address(i)} - ${user(i)} [${clf}] "GET /people/${MARK}-${i % 50}?q=${MARK} HTTP/1.1" ${i % 8 === 0 ? 404 : 200} ${i * 3} "https://${MARK}.example/${i}" "${MARK}Browser/1.0 (${i % 5})"`;
});

const sshd = many((i) =>
  i % 3 === 0
    ? `${syslog(i)} gate sshd[${100 + i}]: Accepted password for ${user(i)} from ${address(i)} port ${50_000 + i} ssh2`
    : `${syslog(i)} gate sshd[${100 + i}]: Failed password for invalid user ${user(i)} from ${address(i)} port ${50_000 + i} ssh2`,
);

const postfix = many((i) => {
  const id = `4F1A2B${(0x1000 + Math.floor(i / 4)).toString(16).toUpperCase()}`;
  return [
    `${syslog(i)} mx postfix/smtpd[1]: ${id}: client=${MARK}.example[${address(i)}], sasl_method=PLAIN, sasl_username=${user(Math.floor(i / 4))}@mail.example`,
    `${syslog(i)} mx postfix/cleanup[2]: ${id}: message-id=<${MARK}-${i}@mail.example>`,
    `${syslog(i)} mx postfix/qmgr[3]: ${id}: from=<${user(Math.floor(i / 4))}@mail.example>, size=${900 + i}, nrcpt=1 (queue active)`,
    `${syslog(i)} mx postfix/smtp[4]: ${id}: to=<${MARK}-to-${i}@other.example>, relay=${MARK}.relay[${address(i)}]:25, delay=1, status=sent (250 ok)`,
  ][i % 4]!; // four kinds of lines
});

const cloudtrail = JSON.stringify({
  Records: Array.from({ length: COUNT }, (_, i) => ({
    eventVersion: '1.08',
    eventTime: time(i).toISOString(),
    eventSource: 's3.amazonaws.com',
    eventName: i % 2 === 0 ? 'GetObject' : 'PutObject',
    awsRegion: 'eu-central-1',
    sourceIPAddress: address(i),
    userAgent: `${MARK}-cli/${i % 4}`,
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::123456789012:user/${user(i)}`,
      accountId: '123456789012',
      userName: user(i),
    },
    requestParameters: { bucketName: `${MARK}-bucket-${i % 9}`, key: `${MARK}/file-${i}` },
    eventID: `${MARK}-${i}`,
  })),
});

const domain = (i: number): string => `${MARK}-${i % 17}.example`;
const mails = Array.from(
  { length: COUNT },
  (_, i) =>
    `From ${user(i)}@${domain(i)} Fri Mar  1 00:00:00 2024\nReceived: from ${MARK}.relay (${MARK}.relay [${address(i)}]) by mx.example; ${time(i).toUTCString()}\nFrom: "Ann ${MARK}" <${user(i)}@${domain(i)}>\nTo: ${MARK}-to-${i}@other.example\nSubject: Dear ${MARK} customer ${i}\nDate: ${time(i).toUTCString()}\nMessage-ID: <${MARK}-${i}@mail.example>\n\nBody with ${MARK} inside, https://${MARK}.example/\n`,
).join('\n');

const texts = `when;who;kind;comment\n${many(
  (i) =>
    `${time(i).toISOString()};${user(i)};${i % 2 === 0 ? 'ask' : 'answer'};"My name is ${MARK} Smith, I live at ${i} ${MARK} street; write to ${MARK}${i}@home.example"`,
)}`;

/** Logs of several formats; file names name somebody as well. */
export const writeIdentityLogs = (folder: string): readonly IdentityLog[] => {
  const write = (name: string, content: string | Uint8Array, records = COUNT, ...options: string[]): IdentityLog => {
    const file = join(folder, `${MARK}-anna@mail.example-${name}`);
    writeFileSync(file, content);
    return { name, file, records, options };
  };
  return [
    write('platform.csv', platform),
    write('platform.csv.gz', gzipSync(platform)),
    write('access.log', access),
    write('sshd.log', sshd),
    write('maillog', postfix),
    write('cloudtrail.json', cloudtrail),
    write('box.mbox', mails),
    write('texts.csv', texts),
  ];
};

/** A CSV of so many events whose names hardly repeat, so that features need room. */
export const largeCsv = (events: number): string => {
  const lines = ['timestamp,user,action,item,ip,session,message'];
  for (let i = 0; i < events; i++) {
    lines.push(
      `${time(i).toISOString()},${MARK}-user-${(i * 7919) % Math.ceil(events / 4)},act${i % 13},${MARK}-item-${(i * 104_729) % events},${address(i)},${MARK}-${i},"note ${MARK} number ${i} for ${MARK}"`,
    );
  }
  return `${lines.join('\n')}\n`;
};
