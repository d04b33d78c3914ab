import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { seededRandom } from '../../../core/random/index.ts';

const START = Date.UTC(2025, 10, 3, 8);
const MINUTE = 60_000;

/**
 * A log of doors as a building's system writes it: bars between fields, German headers, its own idea of a time. One
 * badge tries door after door at night. Returns that badge.
 */
export const writeDoorLog = (path: string): string => {
  const random = seededRandom(7);
  const rows: string[] = [];
  for (let badge = 0; badge < 60; badge++) {
    for (let event = 0; event < 20; event++) {
      const at = START + Math.floor(event / 4) * 24 * 60 * MINUTE + random.int(600) * MINUTE;
      rows.push([`K-${1000 + badge}`, german(at), `T${random.int(6)}`, 'ja'].join('|'));
    }
  }
  for (let event = 0; event < 60; event++) {
    rows.push(['K-6666', german(START + 18 * 60 * MINUTE + event * 20_000), `T${event}`, 'nein'].join('|'));
  }
  writeFileSync(path, `Ausweis|Zeitpunkt|Tür|Einlass\n${rows.join('\n')}\n`);
  return 'K-6666';
};

const german = (at: number): string => {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  return `${date.split('-').toReversed().join('.')} ${time.slice(0, 8)}`;
};

/** A log of `rows` events, compressed: quick to hand over, long enough to import that somebody can change their mind. */
export const writeLongLog = (path: string, rows: number): void => {
  const random = seededRandom(11);
  const lines = ['time,user,action,object'];
  for (let row = 0; row < rows; row++) {
    const at = new Date(START + row * 400).toISOString();
    lines.push(`${at},user${random.int(5000)},${ACTIONS[random.int(ACTIONS.length)]},page${random.int(900)}`);
  }
  writeFileSync(path, gzipSync(`${lines.join('\n')}\n`, { level: 1 }));
};

const ACTIONS = ['login', 'view', 'search', 'download'];

/** What somebody who can write into a log would write. */
export const HOSTILE = {
  markup: '<img src=x onerror=pwned()>',
  script: '</script><script>pwned()</script>',
  formula: '=HYPERLINK("http://203.0.113.9/";"x")',
  escape: '\u001B[31mred\u001B]0;title\u0007',
  backwards: '\u202Egnp.exe',
  template: '${pwned()}{{pwned()}}',
} as const;
const VALUES: readonly string[] = Object.values(HOSTILE);

/** A field of it that is longer than any screen. */
export const ENDLESS = `<i>${'x'.repeat(20_000)}`;
export const HOSTILE_FIELD = '<b onmouseover=pwned()>group</b>';

/** A log whose fields are hostile, all of them: actors, actions, objects, clients, texts, and the name of a field. */
export const writeHostileLog = (path: string): void => {
  const random = seededRandom(13);
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const header = ['time', 'user', 'action', 'item', 'country', 'user_agent', 'message', HOSTILE_FIELD];
  const lines = [header.map(cell).join(',')];
  for (let row = 0; row < 3000; row++) {
    const who = random.int(40);
    const pick = (): string => VALUES[random.int(VALUES.length)] ?? '';
    const record = [
      new Date(START + row * MINUTE).toISOString(),
      `${VALUES[who % VALUES.length]}${who}`,
      row % 3 === 0 ? pick() : 'view',
      pick(),
      pick(),
      pick(),
      row % 50 === 0 ? ENDLESS : pick(),
      pick(),
    ];
    lines.push(record.map(cell).join(','));
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
};
