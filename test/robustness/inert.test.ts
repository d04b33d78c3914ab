import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { nightjar, workshop } from './support.ts';

const shop = workshop();
afterAll(shop.remove);

/** Names and values that act where they are shown carelessly: terminal, spreadsheet, browser, right-to-left text. */
const LIVE = [
  '\u001b[31mred\u001b]0;title\u0007',
  '\u009b2J',
  `=cmd|' /C calc'!A0`,
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '<script>alert(1)</script>',
  '\u202etxt.exe',
  '\u2028next',
  '\u{e0041}tag',
  '../../etc/passwd',
];
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const table = join(shop.directory, 'table.csv');
const header = ['id', ...LIVE].map(quoted).join(',');
const rows = Array.from({ length: 40 }, (_, i) =>
  [
    quoted(`${LIVE[i % LIVE.length]}${i}`),
    ...LIVE.map((__, j) => String(((i * 31 + j * 17) % 23) + (i === 5 ? 900 : 0))),
  ].join(','),
);
writeFileSync(table, `${header}\n${rows.join('\n')}\n`);

const log = join(shop.directory, `log\u001b[31m.csv`);
const events = Array.from(
  { length: 300 },
  (_, i) =>
    `2024-01-02T00:${String(i % 60).padStart(2, '0')}:00Z,${quoted(LIVE[i % 9] ?? '')},${quoted(LIVE[(i * 7) % 5] ?? '')},${quoted(LIVE[(i * 3) % 11] ?? '')},${i}`,
);
writeFileSync(log, `time,user,action,${quoted(`kind${LIVE[0]}`)},amount\n${events.join('\n')}\nhalf\n`);

/** Everything but line ends that a terminal would act upon or not show. */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const activeIn = (text: string): string[] => text.split('\n').filter((line) => ACTIVE.test(line));

describe.each([
  ['a table of entities', ['--entities', table]],
  ['a log', [log]],
])('%s with names and values that act', (_, input) => {
  const run = (format: string) =>
    nightjar(['detect', ...input, '--detectors', 'isolationForest', '--top', '20', '--format', format]);

  test('as a table', async () => {
    const { code, out, err } = await run('table');
    expect(code).toBe(0);
    expect(activeIn(out + err)).toEqual([]);
  });

  test('as CSV: no cell is a formula', async () => {
    const { code, out, err } = await run('csv');
    expect(code).toBe(0);
    expect(activeIn(out + err)).toEqual([]);
    expect(out).not.toMatch(/(?:^|,)"?[=+@]/mu);
    expect(out).not.toMatch(/(?:^|,)"?-(?!\d+(?:\.\d+)?(?:e-?\d+)?(?:,|$))/mu);
  });

  test('as JSON: the text itself comes back, escaped', async () => {
    const { code, out, err } = await run('json');
    expect(code).toBe(0);
    expect(activeIn(out + err)).toEqual([]);
    const named = z.object({ actors: z.array(z.object({ reasons: z.array(z.object({ feature: z.string() })) })) });
    const features = new Set(
      named.parse(JSON.parse(out)).actors.flatMap(({ reasons }) => reasons.map((r) => r.feature)),
    );
    if (input.includes(table)) expect([...features].some((feature) => LIVE.includes(feature))).toBe(true);
  });
});
