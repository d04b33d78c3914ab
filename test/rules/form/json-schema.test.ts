import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { RULES_JSON_SCHEMA } from '../../../core/rules/form/json-schema.ts';
import { readRuleFile } from '../../../core/rules/form/read-rule-file.ts';
import { writeRuleFile } from '../../../core/rules/form/write-rule-file.ts';
import { anyRule } from './arbitrary.ts';

// `node test/golden/rules/renew.mjs` publishes it anew.
const PUBLISHED = new URL('../../../docs/schemas/nightjar-rules-1.json', import.meta.url);

it('is what is published', () => {
  const text = `${JSON.stringify(RULES_JSON_SCHEMA, null, 2)}\n`;
  if (process.env['RENEW_RULES'] !== undefined) writeFileSync(PUBLISHED, text);
  expect(readFileSync(PUBLISHED, 'utf8')).toBe(text);
});

it('accepts what Nightjar writes', () => {
  const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(RULES_JSON_SCHEMA);
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 3 }), (rules) => {
      const isValid = validate(JSON.parse(writeRuleFile(rules)));
      expect(validate.errors ?? []).toEqual([]);
      expect(isValid).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('refuses what Nightjar refuses to read', () => {
  const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(RULES_JSON_SCHEMA);
  fc.assert(
    fc.property(anyRule, fc.nat(), fc.constantFrom('drop', 'add', 'null', 'text'), (rule, place, how) => {
      const file = JSON.parse(writeRuleFile([rule]));
      const objects = objectsIn(file);
      const object = objects[place % objects.length] ?? {};
      const key = Object.keys(object)[place % Object.keys(object).length] ?? '';
      if (how === 'drop') delete object[key];
      if (how === 'add') object['colour'] = 'red';
      if (how === 'null') object[key] = null;
      if (how === 'text') object[key] = 'none of these';
      const isRead = reads(JSON.stringify(file));
      expect({ isRead, isValid: validate(file) }).toEqual({ isRead, isValid: isRead });
    }),
    { numRuns: 1000 },
  );
});

const reads = (json: string): boolean => {
  try {
    readRuleFile(json);
    return true;
  } catch {
    return false;
  }
};

const objectsIn = (value: unknown): Record<string, unknown>[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
};
