import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppServer } from '../../main/server/server.ts';
import { connectTo, startTestServer, type Line } from './support/client.ts';
import { temporaryFolder } from './support/temporary.ts';

const ENGINE_ENDED = 4410;
const home = temporaryFolder();
let server: AppServer;

beforeAll(async () => {
  server = await startTestServer(home);
});
afterAll(() => server.close());

/** As the page does it: dial again until there is a line. */
const kill = async (line: Line): Promise<Line> => {
  const pid = server.host.engine().pid();
  if (pid === undefined) throw new Error('no engine runs');
  process.kill(pid, 'SIGKILL');
  expect(await line.closed).toBe(ENGINE_ENDED);
  const next = await connectTo(server);
  expect(server.host.engine().pid()).not.toBe(pid);
  return next;
};

const idle = async (line: Line): Promise<void> => {
  for await (const { jobs } of await line.client.jobs.watch()) {
    if (jobs.length > 0 && jobs.every((job) => job.state === 'done')) return;
    const failed = jobs.find((job) => job.state === 'failed');
    if (failed !== undefined) throw new Error(failed.error?.message);
  }
};

const handOver = async (name: string, body: string): Promise<string> => {
  const path = join(home, name);
  writeFileSync(path, body);
  return (await server.host.grant(path, 'file')).id;
};

const queue = async (line: Line) => {
  const { total, of } = await line.client.explore.queue({
    filter: {},
    sort: { by: 'rank', descending: false },
    offset: 0,
    limit: 10,
  });
  return { total, of };
};

describe('an engine that is killed', () => {
  test('while it answers: the page is told, and the next one has the case as it was', async () => {
    let line = await connectTo(server);
    await line.client.case.openSample();
    await idle(line);
    const before = { case: await line.client.case.current(), queue: await queue(line) };
    expect(before.case).toMatchObject({ isSample: true, isRanked: true });
    await line.client.decisions.set({ actors: [await someActor(line)], verdict: 'abuse' });

    const asked = Promise.allSettled(Array.from({ length: 20 }, () => queue(line)));
    line = await kill(line);
    await asked;

    expect(await line.client.case.current()).toEqual({ ...before.case, decisions: 1 });
    expect(await queue(line)).toEqual(before.queue);
    line.close();
  });

  test('while it imports: the case is as before the import, and the import can be started again', async () => {
    let line = await connectTo(server);
    const before = await line.client.case.create({ name: 'Killed while it imports' });
    const rows = Array.from(
      { length: 200_000 },
      (_, i) => `2026-01-01T00:00:${String(i % 60).padStart(2, '0')}Z,u${i % 500},login`,
    );
    const log = `time,user,action\n${rows.join('\n')}\n`;
    const grant = await handOver('killed.csv', log);
    const { job } = await line.client.jobs.startImport({ grants: [grant], detect: null });
    for await (const { jobs } of await line.client.jobs.watch()) {
      const mine = jobs.find((each) => each.id === job);
      if ((mine?.stages.at(-1)?.done ?? 0) > 0) break;
      expect(mine?.state).toBe('running');
    }
    line = await kill(line);

    expect(await line.client.case.current()).toMatchObject({ id: before.id, events: 0, quarantined: 0 });
    const again = await handOver('killed.csv', log);
    await line.client.jobs.startImport({ grants: [again], detect: null });
    await idle(line);
    expect(await line.client.case.current()).toMatchObject({ id: before.id, events: 200_000, actors: 500 });
    line.close();
  }, 120_000);

  test('again and again: every page comes back to the same case', async () => {
    let lines = await Promise.all([connectTo(server), connectTo(server)]);
    const { id } = (await lines[0]?.client.case.current()) ?? {};
    for (let round = 0; round < 3; round++) {
      const [one, two] = lines;
      if (one === undefined || two === undefined) throw new Error('two lines were opened');
      const first = await kill(one);
      expect(await two.closed).toBe(ENGINE_ENDED);
      lines = [first, await connectTo(server)];
      for (const line of lines) expect(await line.client.case.current()).toMatchObject({ id });
    }
    for (const line of lines) line.close();
  });
});

const someActor = async (line: Line): Promise<string> => {
  const { tableFromIPC } = await import('@uwdata/flechette');
  const { table } = await line.client.explore.queue({
    filter: {},
    sort: { by: 'rank', descending: false },
    offset: 0,
    limit: 1,
  });
  return String(
    tableFromIPC(await table.arrayBuffer())
      .getChild('actor')
      ?.at(0),
  );
};
