import { createRouterClient, ORPCError } from '@orpc/server';
import { expect, test } from 'vitest';
import { crossingOf } from '../../core/api/engine/errors-across.ts';
import { NightjarError } from '../../core/api/errors.ts';
import { refused, startEngine } from './support.ts';

test('a NightjarError crosses with code, message, where and next, and nothing else', async () => {
  const { client } = startEngine();
  const error = await refused(
    client.explore.queue({ filter: {}, sort: { by: 'rank', descending: false }, offset: 0, limit: 1 }),
  );
  expect(error).toBeInstanceOf(ORPCError);
  const json = error instanceof ORPCError ? error.toJSON() : {};
  expect(json).toMatchObject({ defined: true, code: 'usage', message: 'No case is open.' });
  expect(JSON.parse(JSON.stringify(json))).toMatchObject({ data: { next: 'Open a case, or make a new one.' } });
  expect(JSON.stringify(json)).not.toContain('stack');
});

test('an input that does not fit the contract is a usage error that quotes nothing of it', async () => {
  const { engine } = startEngine();
  const loose = createRouterClient(engine.router);
  const wrong: { name: string } = JSON.parse('{"name": 17, "secret": "alice@example.org"}');
  const error = await refused(loose.case.create(wrong));
  expect(error).toMatchObject({ code: 'usage', defined: true, data: { where: 'name' } });
  expect(JSON.stringify(error)).not.toContain('alice');
  const page = { filter: {}, sort: { by: 'rank', descending: false }, offset: -1, limit: 1 };
  expect(await refused(loose.explore.queue(page))).toMatchObject({ code: 'usage', data: { where: 'offset' } });
});

test('whatever is not known is internal and says nothing of its cause', () => {
  const crossed = crossingOf(new Error('cannot read alice@example.org'));
  expect(crossed.code).toBe('internal');
  expect(JSON.stringify(crossed)).not.toContain('alice');
  expect(crossingOf(new Error('aborted'), true).code).toBe('cancelled');
  expect(crossingOf(new NightjarError('vault', 'Shut.', { where: 'x' }), true)).toEqual({
    code: 'vault',
    message: 'Shut.',
    data: { where: 'x' },
  });
});

test('a call that was aborted before it began is cancelled', async () => {
  const { client } = startEngine();
  await client.case.create({ name: 'Case' });
  const abort = new AbortController();
  abort.abort();
  expect(await refused(client.import.files(undefined, { signal: abort.signal }))).toMatchObject({ code: 'cancelled' });
});

test.each([
  ['/home/ada/cases/mine/ledger.ndjson', 'ledger.ndjson'],
  ['/home/ada/cases/mine/', 'mine/'],
  [String.raw`C:\Users\Ada\log.csv`, 'log.csv'],
  ['query: by.0', 'query: by.0'],
  ['text/plain', 'text/plain'],
])('of a path only the name crosses: %s', (where, crosses) => {
  expect(crossingOf(new NightjarError('input', 'Shut.', { where })).data).toEqual({ where: crosses });
});
