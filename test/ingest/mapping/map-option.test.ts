import { describe, expect, test } from 'vitest';
import { NightjarError } from '../../../core/api/errors.ts';
import { closest, parseMapOption } from '../../../core/ingest/mapping/index.ts';

describe('parseMapOption', () => {
  test('columns, joined fields, own measures and categories, text', () => {
    expect(
      parseMapOption('actor_id=from_domain, ts=received,object_id=host+path,m_size=len,c_kind=type,text=subject'),
    ).toEqual([
      { column: 'actor_id', fields: ['from_domain'] },
      { column: 'ts', fields: ['received'] },
      { column: 'object_id', fields: ['host', 'path'] },
      { column: 'm_size', fields: ['len'] },
      { column: 'c_kind', fields: ['type'] },
      { column: 'text', fields: ['subject'] },
    ]);
  });

  test('a backslash makes a separator part of a name', () => {
    expect(parseMapOption(String.raw`ts=a\,b,actor_id=x\+y+z\=\\`)).toEqual([
      { column: 'ts', fields: ['a,b'] },
      { column: 'actor_id', fields: ['x+y', String.raw`z=\ `.trim()] },
    ]);
  });

  test.each([
    ['', /empty/, /column=field/],
    ['actor=user', /no event column "actor"/, /mean actor_id/],
    ['timestamp=t', /no event column/, /Columns are|Did you mean/],
    ['actorid=user', /no event column/, /mean actor_id/],
    ['useragent=u', /no event column/, /mean user_agent/],
    ['ts', /column=field/, /commas/],
    ['ts=', /no field/, /column=field/],
    ['ts=a+', /no field/, /column=field/],
    ['ts=a=b', /more than one/, /equals/],
    ['ts=a,ts=b', /twice/, /ts=first\+second/],
    ['text_length=a', /import itself/, /text/],
    ['dataset=a', /import itself/, /text/],
    ['m_=a', /no event column/, /m_name/],
  ])('%j', (text, message, next) => {
    let thrown: unknown;
    try {
      parseMapOption(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(NightjarError);
    if (!(thrown instanceof NightjarError)) return;
    expect([thrown.code, thrown.where]).toEqual(['usage', '--map']);
    expect(thrown.message).toMatch(message);
    expect(thrown.next).toMatch(next);
  });
});

test('closest', () => {
  const names = ['actor_id', 'object_id', 'outcome'];
  expect(closest('actor_di', names)).toBe('actor_id');
  expect(closest('outcom', names)).toBe('outcome');
  expect(closest('zebra', names)).toBeUndefined();
});
