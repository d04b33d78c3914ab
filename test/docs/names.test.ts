import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../main/cli/main.ts';
import { PRESETS } from '../../core/ingest/index.ts';
import { EVENT_COLUMNS } from '../../core/ingest/schema.ts';
import { DOCUMENTS, readDocument, ROOT } from './documents.ts';

/** `core/x/y.ts`, `test/golden/`, `docs/decisions/…`: paths from the root, in back ticks. */
const PATH =
  /`((?:core|main|renderer|notebooks|samples|scripts|test|docs|bin)\/[\w./-]+|(?:\.ci|\.dependency)[\w./-]*)`/gu;

describe.each(DOCUMENTS)('%s', (file) => {
  const document = readDocument(file);

  test('names only paths that exist', () => {
    const paths = [...document.matchAll(PATH)].map((match) => match[1] ?? '');
    for (const path of paths.filter((each) => !each.includes('NAME'))) {
      expect(existsSync(join(ROOT, path)), path).toBe(true);
    }
  });

  test('names only commands and options that exist', () => {
    const used = [...document.matchAll(/nightjar (?:-- )?([a-z]\w*)((?: [^\n`|]*)?)/gu)];
    for (const [text, name = '', rest = ''] of used) {
      const command = COMMANDS.find((each) => each.name === name);
      if (!command) continue; // prose, such as "nightjar is": names of commands are checked in the table below
      for (const [, option = ''] of rest.matchAll(/--([a-z][\w-]*)/gu)) {
        expect([...Object.keys(command.options), 'help'], text).toContain(option);
      }
    }
  });

  test('says nothing about a machine', () => {
    expect(document).not.toMatch(/(?:^|[\s"'`(])\/(?:home|root|tmp|usr|opt|work|Users)\//mu);
    expect(document).not.toMatch(/https?:\/\/(?:localhost|127\.|10\.|192\.168\.)/u);
  });
});

test("the README's table has every command and no other", () => {
  const rows = [...readDocument('README.md').matchAll(/^\| `([a-z]+)[^|]*\|/gmu)].map((match) => match[1]);
  expect(new Set(rows)).toEqual(new Set(COMMANDS.map((command) => command.name)));
});

test('the user guide names every preset and every event column that can be mapped', () => {
  const guide = readDocument('docs/user-guide.md');
  for (const { name } of PRESETS) expect(guide).toContain(`\`${name}\``);
  const made = /^(?:text_|seq$|dataset$)/u;
  for (const { name } of EVENT_COLUMNS) if (!made.test(name)) expect(guide).toContain(`\`${name}\``);
});

test.each(DOCUMENTS.filter((file) => file.startsWith('docs/decisions/')))(
  '%s says context, choice, evidence and what would change it',
  (file) => {
    const document = readDocument(file);
    const number = Number(/(\d{4})-/u.exec(file)?.[1]);
    expect(document.startsWith(`# ${number}. `)).toBe(true);
    for (const part of ['Context.', 'Choice', 'Evidence', 'What would change it.'])
      expect(document).toContain(`**${part}`);
  },
);
