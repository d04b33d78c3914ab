import { describe, expect, it } from 'vitest';
import type { InspectedFile } from '../../core/api/contract.ts';
import {
  fittingTemplates,
  policyFor,
  saidColumn,
  withColumn,
  withPolicy,
  withSetting,
} from '../../renderer/routes/import/edit-options.ts';

describe('withColumn', () => {
  it('maps a field', () => {
    expect(withColumn({}, 'who', 'actor_id')).toEqual({ map: [{ column: 'actor_id', fields: ['who'] }] });
  });

  it('replaces what was said of the field and of the column', () => {
    const options = {
      map: [
        { column: 'actor_id', fields: ['a'] },
        { column: 'ip', fields: ['b'] },
        { column: 'ts', fields: ['c'] },
      ],
    };
    expect(withColumn(options, 'b', 'actor_id').map).toEqual([
      { column: 'ts', fields: ['c'] },
      { column: 'actor_id', fields: ['b'] },
    ]);
  });

  it('drops a field, and takes it back when it is mapped again', () => {
    const dropped = withColumn({ map: [{ column: 'ip', fields: ['b'] }] }, 'b', null);
    expect(dropped).toEqual({ policy: { b: { kind: 'drop' } } });
    expect(saidColumn(dropped, 'b')).toBeNull();
    expect(withColumn(dropped, 'b', 'ip')).toEqual({ map: [{ column: 'ip', fields: ['b'] }] });
  });

  it('keeps a policy that was said for the field', () => {
    const options = withPolicy({}, 'b', { kind: 'keep', guarded: true });
    expect(withColumn(options, 'b', 'ip').policy).toEqual({ b: { kind: 'keep', guarded: true } });
  });

  it('takes nothing that objects inherit for a policy', () => {
    const options = withPolicy({}, 'b', { kind: 'drop' });
    expect(withColumn(options, 'constructor', 'ip').policy).toEqual({ b: { kind: 'drop' } });
    expect(policyFor(options, 'toString')).toBeUndefined();
  });
});

describe('withSetting', () => {
  it('sets, and leaves to the proposal what is emptied', () => {
    const options = withSetting(withSetting({}, 'timeZone', 'Europe/Berlin'), 'year', 2024);
    expect(options).toEqual({ timeZone: 'Europe/Berlin', year: 2024 });
    expect(withSetting(withSetting(options, 'timeZone', ''), 'year', Number.NaN)).toEqual({});
    expect(withSetting({ preset: 'ecs' }, 'preset', undefined)).toEqual({});
  });
});

describe('fittingTemplates', () => {
  const field = (name: string): InspectedFile['fields'][number] => ({
    field: name,
    looksLike: 'text',
    privacy: 'text',
    filledShare: 1,
    distinct: 1,
    column: null,
    confidence: null,
    reason: '',
    policy: { kind: 'drop' },
    choices: [],
    masked: true,
    before: null,
    after: null,
  });
  const file: InspectedFile = {
    grant: 'g',
    name: 'f.csv',
    bytes: 1,
    format: null,
    fields: [field('a'), field('b'), field('c')],
    preview: [],
    estimatedRows: null,
    sampled: 0,
    rejectedCount: 0,
    rejected: [],
    warnings: [],
    isImported: false,
    problem: null,
  };
  it('are those whose fields the file has', () => {
    const template = (id: string, fields: string[]) => ({ id, name: id, options: {}, fields, savedAt: 0 });
    const found = fittingTemplates([template('1', ['a', 'b']), template('2', ['a', 'x']), template('3', [])], file);
    expect(found.map(({ id }) => id)).toEqual(['1']);
  });
});
