import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { sigmaFaults, SIGMA_EXPORTERS } from '../../../../core/rules/export/sigma/index.ts';
import { DNS_NAMESPACE, uuidV5 } from '../../../../core/rules/export/sigma/rule-uuid.ts';
import type { Rule } from '../../../../core/rules/schema.ts';
import { count, eventRule, is, SIGMA_RULES, sliding } from '../sample-rules.ts';

const options = { events: 'Audit Log', features: 'features', fields: new Map<string, string>(), date: '2026-11-22' };

const write = (rule: Rule, name = 'sigma', fields = options.fields): string => {
  const exporter = SIGMA_EXPORTERS.find((each) => each.name === name);
  const translation = exporter?.translate(rule);
  if (exporter === undefined || translation === undefined || translation.kind === 'refused') throw new Error('refused');
  const files = exporter.write(translation.kind === 'narrowed' ? translation.rule : rule, { ...options, fields });
  expect(files.map((file) => file.name)).toEqual([`nightjar_${rule.id}.yml`]);
  return files[0]?.text ?? '';
};

const documentsOf = (text: string): readonly object[] =>
  parseAllDocuments(text, { version: '1.1' }).map((document): object => document.toJS() as object);

describe('Sigma documents', () => {
  it.each([
    ['draft', 'experimental'],
    ['shadow', 'test'],
    ['live', 'stable'],
    ['retired', 'deprecated'],
  ] as const)('of a rule that is %s have the status %s', (state, status) => {
    const rule = eventRule('many', { window: sliding('10m'), when: [count(20)] });
    const exporter = SIGMA_EXPORTERS.find(({ name }) => name === 'sigma');
    const text = exporter?.write(rule, { ...options, states: new Map([['many', state]]) })[0]?.text ?? '';
    expect(documentsOf(text).map((document) => ('status' in document ? document.status : null))).toEqual([
      status,
      status,
    ]);
    for (const document of documentsOf(text)) expect(sigmaFaults({ ...document })).toEqual([]);
  });

  it('a rule over single moments is a detection', () => {
    const rule = eventRule('stop_logging', {
      title: "Somebody's logging stops",
      intent: 'Covers tracks.',
      severity: 'high',
      falsePositives: ['Maintenance', 'Maintenance'],
      where: { all: [is('action', 'StopLogging'), { not: is('country', 'NO') }] },
    });
    expect(write(rule)).toBe(`title: 'Somebody''s logging stops'
id: '${documentsOf(write(rule)).map((document) => ('id' in document ? String(document.id) : ''))[0] ?? ''}'
taxonomy: 'ecs'
status: 'experimental'
description: 'Covers tracks.'
author: 'a tester'
date: '2026-11-22'
logsource:
    category: 'application'
    product: 'audit_log'
detection:
    selection:
        user.id|exists: true
        event.action: 'StopLogging'
    compare_1:
        source.geo.country_iso_code: 'NO'
    field_1:
        source.geo.country_iso_code|exists: false
    condition: 'selection and (not compare_1 or field_1)'
falsepositives:
    - 'Maintenance'
level: 'high'
`);
  });

  it('a count in a window is a correlation over the events that are counted', () => {
    const rule = eventRule('burst', { window: sliding('10m'), when: [count(3, is('action', 'login'))] });
    const [events, correlation] = documentsOf(write(rule));
    expect(events).toMatchObject({
      name: 'burst_events',
      detection: { selection: { 'user.id|exists': true, 'event.action': 'login' }, condition: 'selection' },
    });
    expect(correlation).toMatchObject({
      correlation: {
        type: 'event_count',
        rules: ['burst_events'],
        'group-by': ['user.id'],
        timespan: '10m',
        condition: { gte: 3 },
      },
    });
  });

  it('a sequence is an ordered correlation over its steps', () => {
    const rule = eventRule('after', {
      where: is('outcome', 'success'),
      window: sliding('1h'),
      when: [{ kind: 'sequence', steps: [is('action', 'login'), is('action', 'transfer')] }],
    });
    const documents = documentsOf(write(rule));
    expect(documents).toHaveLength(3);
    expect(documents[1]).toMatchObject({
      name: 'after_step_2',
      detection: { selection: { 'event.outcome': 'success', 'event.action': 'transfer' } },
    });
    expect(documents[2]).toMatchObject({
      correlation: { type: 'temporal_ordered', rules: ['after_step_1', 'after_step_2'], timespan: '1h' },
    });
  });

  it('takes the names of fields that are given', () => {
    const text = write(eventRule('named', { where: is('action', 'x') }), 'sigma', new Map([['action', 'eventName']]));
    expect(text).toContain("eventName: 'x'");
  });

  it.each(SIGMA_RULES)('$id is valid by the official schemas, with ids and titles of its own', (rule) => {
    const documents = documentsOf(write(rule));
    for (const document of documents) expect(sigmaFaults({ ...document })).toEqual([]);
    const of = (key: 'id' | 'title'): unknown[] =>
      documents.map((document) => (document as Record<string, unknown>)[key]);
    expect(new Set(of('id')).size).toBe(documents.length);
    expect(new Set(of('title')).size).toBe(documents.length);
    expect(write(rule)).toBe(write(rule));
  });

  it('gives a changed rule another id', () => {
    const rule = eventRule('burst', { window: sliding('10m'), when: [count(3)] });
    const ids = [rule, { ...rule, when: [count(4)] }].flatMap((each) =>
      documentsOf(write(each)).map((document) => JSON.stringify(document).slice(0, 90)),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('sees what the official schemas forbid', () => {
    expect(sigmaFaults({ title: 'x', logsource: {} })).toEqual(["/ must have required property 'detection'"]);
    expect(sigmaFaults({ title: 'x', id: 'no', logsource: {}, detection: { condition: 'a' } })).not.toEqual([]);
    const correlation = { type: 'event_count', rules: ['a1'], timespan: '1h', 'group-by': ['x'] };
    expect(sigmaFaults({ title: 'x', correlation })).not.toEqual([]);
    expect(sigmaFaults({ title: 'x', correlation: { ...correlation, condition: { gte: 1 } } })).toEqual([]);
    expect(
      sigmaFaults({ title: 'x', correlation: { ...correlation, type: 'ratio', condition: { gte: 1 } } }),
    ).not.toEqual([]);
    expect(sigmaFaults({ title: 'x', date: '22.11.2026', correlation })).not.toEqual([]);
  });

  it('makes ids by RFC 9562', () => {
    expect(uuidV5(DNS_NAMESPACE, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });
});
