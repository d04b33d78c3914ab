import { describe, expect, it } from 'vitest';
import { EXPORTERS, exportRule, type ExportRuleOptions } from '../../../../core/rules/export/index.ts';
import { codeBlock, codeSpan, plainMarkdown } from '../../../../core/rules/export/card/markdown.ts';
import type { Rule } from '../../../../core/rules/schema.ts';
import { actorRule, count, eventRule, is, sliding } from '../sample-rules.ts';

const options: ExportRuleOptions = { events: 'events', features: 'features', fields: new Map(), date: '2026-11-22' };

const cardOf = (rule: Rule, target: string, more: Partial<ExportRuleOptions> = {}): { md: string; json: unknown } => {
  const exporter = EXPORTERS.find(({ name }) => name === target);
  if (exporter === undefined) throw new Error(`no exporter ${target}`);
  const { about } = exportRule(rule, exporter, { ...options, ...more });
  const textOf = (end: string): string => about.find(({ name }) => name.endsWith(end))?.text ?? '';
  return { md: textOf('.card.md'), json: JSON.parse(textOf('.card.json')) };
};

const burst = eventRule('burst', {
  title: 'Many logins',
  intent: 'Password guessing.',
  falsePositives: ['Scripts that log in often'],
  where: is('action', 'login'),
  window: sliding('10m'),
  when: [count(3)],
  expires: '2027-01-01',
});

describe('the card of a rule', () => {
  it('says what the rule is, what the target does otherwise, and how to run it', () => {
    const { md } = cardOf(burst, 'sigma:splunk');
    expect(md.match(/^#+ .*$/gm)).toEqual([
      '# Many logins',
      '## What it is about',
      '## What it does',
      '## In Sigma for Splunk',
      '## What is known of its worth',
      '## Known to hit wrongly',
      '## What it cannot see',
      '## Who answers for it',
      '## Until when',
      '## Fields',
      '## Made-up records that show it',
      '## How to run it',
    ]);
    expect(md).toContain('Password guessing.');
    expect(md).toContain('when count() >= 3');
    expect(md).toContain('Splunk cuts time into fixed windows of 10m');
    expect(md).toContain('in each 10 minutes');
    expect(md).toContain('- Scripts that log in often');
    expect(md).toContain('- a tester');
    expect(md).toContain('It must not fire from 2027-01-01 on.');
    expect(md).toContain('| `actor_id` | `user.id` |');
    expect(md).toContain('sigma convert -t splunk --without-pipeline nightjar_burst.yml');
    expect(md).toContain('| one less: 2 | 2 | no |');
  });

  it('has no number of the case unless one was released', () => {
    const none = cardOf(burst, 'sigma');
    expect(none.md).toContain('Not released: no number of the case is on this card.');
    expect(none.json).toMatchObject({ metrics: [] });
    const metrics = [
      { name: 'hits per day', value: 12, low: 9, high: 15, confidence: 0.95, epsilon: 0.1, ledgerEntry: 'r-7' },
    ];
    const some = cardOf(burst, 'sigma', { metrics });
    expect(some.md).toContain('| hits per day | 12 | 9 to 15 (95 %) | 0.1 | `r-7` |');
    expect(some.json).toMatchObject({ metrics });
  });

  it('tells that a target runs it as it is', () => {
    const { md } = cardOf(eventRule('large', { where: { column: 'amount', op: '>', value: 5 } }), 'sigma');
    expect(md).toContain('It runs there as it does here.');
  });

  it('takes nothing in a rule for Markdown or HTML', () => {
    const { md } = cardOf(
      eventRule('odd', {
        title: '<img src=x> [a](b)\n# c',
        intent: '| `x` | **y** |',
        where: is('action', '```\n# d'),
        exclusions: [{ owner: '<b>', reason: '*', ends: '2030-01-01', where: is('country', 'DE') }],
      }),
      'osprey',
    );
    expect(md).toContain('# \\<img src=x\\> \\[a\\](b) \\# c\n');
    expect(md).toContain('\\| \\`x\\` \\| \\*\\*y\\*\\* \\|');
    const outside = md.replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '');
    expect(outside).toContain('\\<b\\>');
    expect(outside).not.toContain('<b>');
    expect(outside).not.toMatch(/^# [cd]/m);
  });

  it.each(EXPORTERS.map(({ name }) => name))('nothing that is written for %s hides a character', (target) => {
    const turned = 'gnp.\u202eexe\u2066\u200b\u{e0041}\u0085\u2028';
    const rule = eventRule('turned', {
      title: `title ${turned}`,
      intent: `intent ${turned}`,
      author: `author ${turned}`,
      falsePositives: [`wrongly ${turned}`],
      where: is('action', `value ${turned}`),
      exclusions: [{ owner: turned, reason: turned, ends: '2030-01-01', where: is('country', turned) }],
    });
    const exporter = EXPORTERS.find(({ name }) => name === target);
    if (exporter === undefined) throw new Error(`no exporter ${target}`);
    const { files, about } = exportRule(rule, exporter, options);
    for (const { name, text } of [...files, ...about]) {
      expect(text.match(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu) ?? [], name).toEqual([]);
    }
    expect([...files, ...about].length).toBeGreaterThan(0);
  });

  it('is for rules over actors too', () => {
    const { md } = cardOf(actorRule('busy', {}), 'sql:duckdb', {
      owner: 'Trust team',
      vocabulary: [{ name: 'events', unit: 'events', sentence: 'Number of events.' }],
    });
    expect(md).toContain('It reads features of actors only.');
    expect(md).toContain('- Trust team');
    expect(md).toContain('Nobody said.');
  });
});

describe('Markdown', () => {
  it.each([
    ['a_b', 'a\\_b'],
    ['a  b\nc', 'a b c'],
    ['&amp;', '\\&amp;'],
  ])('%j as plain text is %j', (text, written) => {
    expect(plainMarkdown(text)).toBe(written);
  });

  it('fences code with more ticks than it has', () => {
    expect(codeBlock('a\n```\nb')).toBe('````\na\n```\nb\n````');
    expect(codeSpan('a`b')).toBe('`` a`b ``');
    expect(codeSpan('a')).toBe('`a`');
  });
});
