import { describe, expect, it } from 'vitest';
import { EXPORTERS, exportRule } from '../../../core/rules/export/index.ts';
import { actorRule, count, eventRule, is, SIGMA_RULES, sliding, UNSAYABLE } from './sample-rules.ts';

const options = { events: 'events', features: 'features', fields: new Map<string, string>(), date: '2026-11-22' };
const exporterOf = (name: string): (typeof EXPORTERS)[number] => {
  const found = EXPORTERS.find((exporter) => exporter.name === name);
  if (found === undefined) throw new Error(`no exporter ${name}`);
  return found;
};
const burst = eventRule('burst', { where: is('action', 'login'), window: sliding('10m'), when: [count(3)] });

describe('targets', () => {
  it('have names of their own', () => {
    const names = EXPORTERS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['sql:duckdb', 'sigma', 'sigma:splunk', 'sigma:esql', 'osprey']));
  });

  it.each(EXPORTERS)('$name says, narrows or refuses every rule, in words, and writes what it says', (exporter) => {
    for (const rule of [...SIGMA_RULES, ...UNSAYABLE]) {
      const translation = exporter.translate(rule);
      if (translation.kind === 'refused') {
        expect(translation.reasons.length).toBeGreaterThan(0);
        continue;
      }
      if (translation.kind === 'narrowed') expect(translation.differences.length).toBeGreaterThan(0);
      const files = exporter.write(translation.kind === 'narrowed' ? translation.rule : rule, options);
      expect(files.length).toBeGreaterThan(0);
      for (const { name, text } of files) {
        expect(text).not.toBe('');
        expect(name).toMatch(/^[\w.-]{5,90}$/);
      }
    }
  });
});

describe('an exported rule', () => {
  it('comes with a card, a map of fields and made-up records with the target’s names', () => {
    const { files, about } = exportRule(burst, exporterOf('sigma'), {
      ...options,
      fields: new Map([['action', 'eventName']]),
    });
    expect(files.map(({ name }) => name)).toEqual(['nightjar_burst.yml']);
    expect(about.map(({ name }) => name)).toEqual([
      'burst.card.md',
      'burst.card.json',
      'burst.fields.json',
      'burst.events.ndjson',
      'burst.expected.json',
    ]);
    const textOf = (name: string): string => about.find((file) => file.name === name)?.text ?? '';
    expect(JSON.parse(textOf('burst.fields.json'))).toEqual({
      ts: '@timestamp',
      actor_id: 'user.id',
      action: 'eventName',
    });
    const [first = ''] = textOf('burst.events.ndjson').split('\n');
    expect(Object.keys(JSON.parse(first) as object)).toEqual(['@timestamp', 'user.id', 'eventName']);
    expect(JSON.parse(textOf('burst.expected.json'))).toMatchObject({
      rule: 'burst',
      hits: expect.arrayContaining([{ group: { 'user.id': 'actor_a' }, at: expect.stringMatching(/^\d{4}-.*Z$/) }]),
    });
  });

  it('runs in the target with its windows, and so do the made-up records', () => {
    const [splunk, sigma] = ['sigma:splunk', 'sigma'].map((name) => exportRule(burst, exporterOf(name), options).about);
    const scenes = (about: typeof splunk): string =>
      about?.find(({ name }) => name === 'burst.expected.json')?.text ?? '';
    expect(scenes(splunk)).toContain('a millisecond before the 10m');
    expect(scenes(sigma)).not.toContain('a millisecond before the 10m');
    expect(scenes(sigma)).not.toContain('exactly');
    const sql = exportRule(burst, exporterOf('sql:duckdb'), options).about;
    expect(scenes(sql)).toContain('exactly 10m older');
  });

  it('has no file where the target refuses it', () => {
    const exported = exportRule(actorRule('busy', {}), exporterOf('osprey'), options);
    expect(exported).toMatchObject({ translation: { kind: 'refused' }, files: [], about: [] });
  });

  it('has features among its made-up records where it reads them', () => {
    const { about } = exportRule(actorRule('busy', {}), exporterOf('sql:duckdb'), options);
    expect(about.map(({ name }) => name)).toContain('busy.features.ndjson');
    expect(about.map(({ name }) => name)).not.toContain('busy.events.ndjson');
  });
});
