import { ORPCError } from '@orpc/client';
import { MAX_FRAME_BYTES } from '../../../main/engine/limits.ts';
import type { TestClient } from './client.ts';
import { failureOf, mustBecome, mustMatch } from './must.ts';
import { patternOf } from './pattern.ts';

/** A page's end of a line: calls, a way to send a raw frame, and its end. */
export type BoundaryLine = {
  readonly client: TestClient;
  readonly sendRaw: (frame: string | Uint8Array) => void;
  readonly close: () => void;
};

/** A way from page to engine, whose engine has the probes beside its own calls and no case open. */
export type Boundary = {
  readonly mode: 'desktop' | 'browser';
  readonly connect: () => Promise<BoundaryLine>;
};

/** A check fails by throwing. */
export type BoundaryCheck = { readonly name: string; readonly run: (boundary: Boundary) => Promise<void> };

/** A check that needs one line. */
const overOneLine = (
  name: string,
  check: (line: BoundaryLine, boundary: Boundary) => Promise<void>,
): BoundaryCheck => ({
  name,
  run: async (boundary) => {
    const line = await boundary.connect();
    await check(line, boundary);
    line.close();
  },
});

/** A check of what one line does to another. */
const overTwoLines = (name: string, check: (one: BoundaryLine, two: BoundaryLine) => Promise<void>): BoundaryCheck => ({
  name,
  run: async ({ connect }) => {
    const [one, two] = await Promise.all([connect(), connect()]);
    await check(one, two);
    one.close();
    two.close();
  },
});

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const count = async ({ client }: BoundaryLine, to: number): Promise<number[]> => {
  const seen: number[] = [];
  for await (const value of await client.probes.count({ to })) seen.push(value);
  return seen;
};

/** A call that the engine is known to work on, and its end. */
const startWaiting = async ({ client }: BoundaryLine, witness: BoundaryLine, signal?: AbortSignal) => {
  const call = client.probes.wait(undefined, signal === undefined ? {} : { signal });
  const ended = Promise.allSettled([call]);
  await mustBecome(() => witness.client.probes.open(), { callsWaiting: 1 });
  return { ended };
};

/** A call like any other, but for its size. */
export const tooLarge = (): string => '{"i":"99999","p":{"u":"/case/current","b":{}}}'.padEnd(MAX_FRAME_BYTES + 1);

const STRANGE_FRAMES = ['{"i":', '"text"', '{"i":"1","t":9,"p":null}', '\u0000', '[]', 'null'];

/** What every transport must do, whatever carries it. Nothing in here needs Node: the list also runs inside of the page. */
export const BOUNDARY_CHECKS: readonly BoundaryCheck[] = [
  overOneLine('calls are answered, many at once', async ({ client }, { mode }) => {
    const { cannotPromise, ...info } = await client.app.info();
    mustMatch(info, { mode });
    mustMatch(cannotPromise.length > 0, mode === 'browser');
    mustMatch(
      await Promise.all(upTo(50).map(() => client.case.current())),
      upTo(50).map(() => null),
    );
  }),
  overOneLine("the engine's own errors arrive with code, place and next step", async ({ client }) => {
    const error = await failureOf(client.jobs.startDetect({}));
    mustMatch(error instanceof ORPCError, true);
    mustMatch(error, { code: 'usage', data: { next: /\S/ } });
  }),
  overOneLine('typed errors arrive whole', async ({ client }) =>
    mustMatch(await failureOf(client.probes.fail()), {
      code: 'case-locked',
      message: 'The case is open elsewhere.',
      data: { where: 'case', next: 'Close it.' },
      defined: true,
    }),
  ),
  overOneLine('an input the contract forbids is refused before it does anything', async ({ client }) => {
    mustMatch(await failureOf(client.case.create({ name: '' })), { code: 'usage', data: { next: /\S/ } });
    mustMatch(await client.case.current(), null);
  }),
  overOneLine('streams arrive in order and end', async (line) => mustMatch(await count(line, 500), upTo(500))),
  overOneLine('an error inside a stream arrives typed, after what came before it', async ({ client }) => {
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const value of await client.probes.failingStream()) seen.push(value);
    };
    mustMatch(await failureOf(read()), { code: 'memory', data: { next: 'Give it more.' } });
    mustMatch(seen, [1]);
    mustMatch(await client.case.current(), null);
  }),
  overOneLine('a stream that is left early ends in the engine as well', async ({ client }) => {
    for await (const value of await client.probes.count({ to: 1e9 })) if (value === 3) break;
    await mustBecome(() => client.probes.open(), { streamsOpen: 0 });
  }),
  overOneLine('the state of the engine is told at once, and the watch can be left', async ({ client }) => {
    for await (const state of await client.jobs.watch()) {
      mustMatch(state, { jobs: [], isSaving: false });
      break;
    }
  }),
  overOneLine('a cancelled call is acknowledged here and in the engine', async (line) => {
    const abort = new AbortController();
    const { ended } = await startWaiting(line, line, abort.signal);
    abort.abort();
    mustMatch(await ended, [{ status: 'rejected' }]);
    await mustBecome(() => line.client.probes.open(), { callsWaiting: 0 });
  }),
  overTwoLines('a line that closes aborts what was under way for it', async (gone, other) => {
    const { ended } = await startWaiting(gone, other);
    gone.close();
    mustMatch(await ended, [{ status: 'rejected' }]);
    await mustBecome(() => other.client.probes.open(), { callsWaiting: 0 });
  }),
  overOneLine('a large table arrives byte for byte', async ({ client }) => {
    const wanted = patternOf(8_000_000);
    const table = await client.probes.table({ bytes: wanted.length });
    const bytes = new Uint8Array(await table.arrayBuffer());
    mustMatch(bytes.length, wanted.length);
    mustMatch(
      wanted.findIndex((byte, i) => byte !== bytes[i]),
      -1,
    );
  }),
  overOneLine('an empty table arrives', async ({ client }) =>
    mustMatch(await client.probes.table({ bytes: 0 }), { size: 0 }),
  ),
  overTwoLines('two pages share one engine and get their own answers', async (one, two) => {
    const [ofOne, ofTwo] = await Promise.all([count(one, 200), count(two, 300)]);
    mustMatch([ofOne, ofTwo], [upTo(200), upTo(300)]);
  }),
  overTwoLines('a frame over the limit closes its line and no other', async (large, other) => {
    await startWaiting(large, other);
    large.sendRaw(tooLarge());
    await mustBecome(() => other.client.probes.open(), { callsWaiting: 0 });
    mustMatch(await other.client.case.current(), null);
  }),
  ...STRANGE_FRAMES.map((frame) =>
    overTwoLines(`the frame ${JSON.stringify(frame)} harms nobody else`, async (strange, other) => {
      strange.sendRaw(frame);
      mustMatch(await other.client.case.current(), null);
    }),
  ),
];
