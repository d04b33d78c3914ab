import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MAX_FRAME_BYTES } from '../../main/engine/limits.ts';
import { inProcess, overLoopback, type Transport } from './support/client.ts';
import { temporaryFolder } from './support/temporary.ts';

const TRANSPORTS = {
  'one process, a MessageChannel': inProcess,
  'a child process, a loopback WebSocket': overLoopback,
};

describe.each(Object.entries(TRANSPORTS))('%s', (_name, make) => {
  let transport: Transport;
  const home = temporaryFolder();
  beforeAll(async () => {
    transport = await make(home);
  });
  afterAll(() => transport.close());

  test('calls are answered, many at once', async () => {
    const { client, close } = await transport.connect();
    expect(await client.app.info()).toMatchObject({ mode: 'browser', cannotPromise: ['Something.'] });
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.case.current()));
    expect(answers).toEqual(Array.from({ length: 50 }, () => null));
    close();
  });

  test("the engine's own errors arrive with code, place and next step", async () => {
    const { client, close } = await transport.connect();
    const error = await client.jobs.startDetect({}).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ORPCError);
    expect(error).toMatchObject({ code: 'usage', data: { next: expect.stringMatching(/\S/) } });
    close();
  });

  test('typed errors arrive whole', async () => {
    const { client, close } = await transport.connect();
    const error = await client.probes.fail().catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'case-locked',
      message: 'The case is open elsewhere.',
      data: { where: 'case', next: 'Close it.' },
      defined: true,
    });
    close();
  });

  test('an input the contract forbids is refused before it does anything', async () => {
    const { client, close } = await transport.connect();
    const error = await client.case.create({ name: '' }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'usage', data: { next: expect.stringMatching(/\S/) } });
    expect(await client.case.current()).toBeNull();
    close();
  });

  test('streams arrive in order and end', async () => {
    const { client, close } = await transport.connect();
    const seen: number[] = [];
    for await (const value of await client.probes.count({ to: 500 })) seen.push(value);
    expect(seen).toEqual(Array.from({ length: 500 }, (_, i) => i));
    close();
  });

  test('an error inside a stream arrives typed, after what came before it', async () => {
    const { client, close } = await transport.connect();
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const value of await client.probes.failingStream()) seen.push(value);
    };
    await expect(read()).rejects.toMatchObject({ code: 'memory', data: { next: 'Give it more.' } });
    expect(seen).toEqual([1]);
    expect(await client.case.current()).toBeNull();
    close();
  });

  test('a stream that is left early ends in the engine as well', async () => {
    const { client, close } = await transport.connect();
    for await (const value of await client.probes.count({ to: 1e9 })) if (value === 3) break;
    await vi.waitFor(async () => expect(await client.probes.open()).toMatchObject({ streamsOpen: 0 }));
    close();
  });

  test('the state of the engine is told at once, and the watch can be left', async () => {
    const { client, close } = await transport.connect();
    for await (const state of await client.jobs.watch()) {
      expect(state).toMatchObject({ jobs: [], isSaving: false });
      break;
    }
    close();
  });

  test('a cancelled call is acknowledged here and in the engine', async () => {
    const { client, close } = await transport.connect();
    const abort = new AbortController();
    const call = client.probes.wait(undefined, { signal: abort.signal });
    await vi.waitFor(async () => expect(await client.probes.open()).toMatchObject({ callsWaiting: 1 }));
    abort.abort();
    await expect(call).rejects.toThrow();
    await vi.waitFor(async () => expect(await client.probes.open()).toMatchObject({ callsWaiting: 0 }));
    close();
  });

  test('a line that closes aborts what was under way for it', async () => {
    const gone = await transport.connect();
    const other = await transport.connect();
    const call = gone.client.probes.wait().catch((error: unknown) => error);
    await vi.waitFor(async () => expect(await other.client.probes.open()).toMatchObject({ callsWaiting: 1 }));
    gone.close();
    expect(await call).toBeInstanceOf(Error);
    await vi.waitFor(async () => expect(await other.client.probes.open()).toMatchObject({ callsWaiting: 0 }));
    other.close();
  });

  test('a large table crosses both ways, byte for byte', async () => {
    const { client, close } = await transport.connect();
    const bytes = Uint8Array.from({ length: 8_000_000 }, (_, i) => (i * 31) % 256);
    const back = await client.probes.mirror(new Blob([bytes]));
    expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
    close();
  });

  test('an empty table crosses', async () => {
    const { client, close } = await transport.connect();
    expect((await client.probes.mirror(new Blob([]))).size).toBe(0);
    close();
  });

  test('two pages share one engine and get their own answers', async () => {
    const [one, two] = await Promise.all([transport.connect(), transport.connect()]);
    const read = async (line: typeof one, to: number): Promise<number> => {
      let last = -1;
      for await (const value of await line.client.probes.count({ to })) last = value;
      return last;
    };
    expect(await Promise.all([read(one, 200), read(two, 300)])).toEqual([199, 299]);
    one.close();
    two.close();
  });

  test('a frame over the limit closes its line and no other', async () => {
    const [large, other] = await Promise.all([transport.connect(), transport.connect()]);
    large.sendRaw(new Uint8Array(MAX_FRAME_BYTES + 1));
    await large.closed;
    expect(await other.client.case.current()).toBeNull();
    other.close();
  });

  test.each(['{"i":', '"text"', '{"i":"1","t":9,"p":null}', '\u0000', '[]', 'null'])(
    'the frame %j harms nobody else',
    async (frame) => {
      const [strange, other] = await Promise.all([transport.connect(), transport.connect()]);
      strange.sendRaw(frame);
      expect(await other.client.case.current()).toBeNull();
      strange.close();
      other.close();
    },
  );
});
