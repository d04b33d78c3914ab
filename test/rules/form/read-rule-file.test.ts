import { describe, expect, it } from 'vitest';

import { NightjarError } from '../../../core/api/errors.ts';
import { readRuleFile } from '../../../core/rules/form/read-rule-file.ts';
import { writeRuleFile } from '../../../core/rules/form/write-rule-file.ts';
import type { EventFilter, EventRule } from '../../../core/rules/schema.ts';

const RULE: EventRule = {
  id: 'many_likes',
  title: 'Many likes',
  intent: '',
  author: '',
  severity: 'high',
  effect: { kind: 'review' },
  expires: null,
  falsePositives: [],
  over: 'events',
  groupBy: ['actor_id'],
  where: { column: 'action', op: '=', value: 'like' },
  window: { kind: 'sliding', length: '10m' },
  when: [{ kind: 'count', where: null, op: '>=', value: 20 }],
  exclusions: [],
};

const fileOf = (change: Record<string, unknown>): string =>
  JSON.stringify({ format: 'nightjar-rules', version: 1, rules: [{ ...RULE, ...change }] });

const nested = (levels: number): EventFilter => {
  let filter: EventFilter = { column: 'action', op: 'present' };
  for (let i = 0; i < levels; i++) filter = { not: filter };
  return filter;
};

const said = (json: string): NightjarError => {
  try {
    readRuleFile(json);
  } catch (error) {
    if (error instanceof NightjarError) return error;
    throw error;
  }
  throw new Error('the file was read');
};

describe('readRuleFile', () => {
  it('reads what was written, in any order of keys, with a byte order mark', () => {
    expect(readRuleFile(writeRuleFile([RULE])).rules).toEqual([RULE]);
    const turned = Object.fromEntries(Object.entries(RULE).reverse());
    expect(readRuleFile(`\ufeff${fileOf(turned)}`).rules).toEqual([RULE]);
    expect(writeRuleFile(readRuleFile(fileOf(turned)).rules)).toBe(writeRuleFile([RULE]));
  });

  it.each([
    ['', /not JSON/, undefined],
    ['\0', /not JSON/, undefined],
    ['null', /holds no rules/, 'format'],
    ['[]', /holds no rules/, 'format'],
    ['{"format": "sigma"}', /holds no rules/, 'format'],
    ['{"format": "nightjar-rules", "version": 2, "rules": []}', /newer version/, 'version'],
    ['{"format": "nightjar-rules", "version": 0, "rules": []}', /not understood/, 'version'],
    ['{"format": "nightjar-rules", "version": 1}', /not understood/, 'rules'],
    [fileOf({ severity: 'huge' }), /not understood/, 'rules.0.severity'],
    [fileOf({ colour: 'red' }), /not understood/, 'rules.0'],
    [fileOf({ expires: '2027-02-30' }), /not understood/, 'rules.0.expires'],
    [fileOf({ window: { kind: 'sliding', length: '400d' } }), /not understood/, 'rules.0.window.length'],
    [fileOf({ groupBy: [] }), /not understood/, 'rules.0.groupBy'],
    [fileOf({ when: [{ kind: 'count', where: null, op: '>=' }] }), /not understood/, 'rules.0.when.0.value'],
    [fileOf({ when: Array(9).fill(RULE.when[0]) }), /not understood/, 'rules.0.when'],
    [
      fileOf({ where: { all: [RULE.where, { column: 'a', op: '~', value: 1 }] } }),
      /not understood/,
      'rules.0.where.all.1.op',
    ],
    [fileOf({ where: { all: [RULE.where] } }), /not understood/, 'rules.0.where.all'],
    [fileOf({ where: nested(17) }), /too deep/, 'rules.0.where'],
    [fileOf({ where: nested(60) }), /too deep/, undefined],
    [fileOf({ where: { any: Array(65).fill(RULE.where) } }), /not understood/, 'rules.0.where.any'],
    [
      fileOf({ where: { any: Array.from({ length: 33 }, () => ({ all: [RULE.where, RULE.where] })) } }),
      /too many/,
      'rules.0.where',
    ],
  ])('%# refuses %.60s', (json, message, where) => {
    const error = said(json);
    expect(error.code).toBe('input');
    expect(error.message).toMatch(message);
    expect(error.where).toBe(where);
    expect(error.next).toMatch(/\.$/);
  });

  it('reads the deepest filter that may be', () => {
    expect(readRuleFile(fileOf({ where: nested(16) })).rules).toEqual([{ ...RULE, where: nested(16) }]);
  });

  it('survives any depth and any length', () => {
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
    expect(said(`{"format":"nightjar-rules","version":1,"rules":${deep}}`).message).toMatch(/too deep/);
    expect(said('x'.repeat(2_000_000)).message).toMatch(/too long/);
    expect(said('['.repeat(900_000)).message).toMatch(/not JSON/);
  });

  it('never says what stands in the file', () => {
    for (const json of ['{"secret_7": ', fileOf({ severity: 'secret_7' }), fileOf({ when: [{ kind: 'secret_7' }] })]) {
      const { message, where, next, cause } = said(json);
      expect(`${message} ${where} ${next} ${String(cause)}`).not.toContain('secret_7');
    }
  });
});
