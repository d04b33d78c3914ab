import type { EventBatch } from '../../rules/schema.ts';
import { countRuleEvents, readRuleEvents, type Readers } from '../../store/index.ts';
import { makePace } from '../progress.ts';

/** Gives the events of a case that have a time, oldest first, with at least the named columns. Errors: `cancelled`, those of the store. */
export type EventSource = (
  columns: readonly string[],
  onBatch: (batch: EventBatch) => void,
  signal?: AbortSignal,
) => Promise<void>;

/** Reads them from the case each time, in bounded memory; with `oneIn` those of about one actor in so many. */
export const storedEvents =
  (readers: Pick<Readers, 'read'>, oneIn = 1): EventSource =>
  (columns, onBatch, signal) =>
    readers.read(async (connection) => {
      for await (const batch of readRuleEvents(connection, columns, oneIn)) onBatch(batch);
    }, signal);

/** Events beyond which what looks at all of them together does not fit in memory. */
export const MOST_TOGETHER = 3_000_000;

/** All events of a case that have a time, with the named columns; undefined where there are more than `MOST_TOGETHER`. */
export const allEvents = async (
  readers: Pick<Readers, 'read'>,
  columns: readonly string[],
  signal?: AbortSignal,
): Promise<readonly EventBatch[] | undefined> => {
  const { events } = await readers.read((connection) => countRuleEvents(connection), signal);
  if (events > MOST_TOGETHER) return undefined;
  const batches: EventBatch[] = [];
  await storedEvents(readers)(columns, (batch) => batches.push(batch), signal);
  return batches;
};

/** Values held in memory at most: 8 bytes each, and the texts that occur once each. */
const MOST_CELLS = 8_000_000;

/** Reads them from the case once and keeps them as long as they fit: for rules that are run at every keystroke. */
export const rememberedEvents = (
  stored: EventSource,
  mostCells = MOST_CELLS,
): { readonly source: EventSource; readonly forget: () => void } => {
  let held: { readonly columns: ReadonlySet<string>; readonly batches: readonly EventBatch[] } | undefined;
  let generation = 0;
  const source: EventSource = async (columns, onBatch, signal) => {
    if (held !== undefined && columns.every((name) => held?.columns.has(name) === true)) {
      const pace = makePace(signal === undefined ? {} : { signal });
      for (const batch of held.batches) {
        onBatch(batch);
        await pace();
      }
      return;
    }
    const began = generation;
    const wanted = new Set([...(held?.columns ?? []), ...columns]);
    const share = sharing();
    const batches: EventBatch[] = [];
    let cells = 0;
    await stored(
      [...wanted],
      (batch) => {
        cells += batch.length * (1 + batch.columns.size);
        if (cells <= mostCells) batches.push(share(batch));
        else batches.length = 0;
        onBatch(batch);
      },
      signal,
    );
    if (cells <= mostCells && began === generation) held = { columns: wanted, batches };
  };
  return {
    source,
    forget: () => {
      held = undefined;
      generation++;
    },
  };
};

/** Equal texts become one text. */
const sharing = (): ((batch: EventBatch) => EventBatch) => {
  const known = new Map<string, string>();
  const shared = (text: string | null): string | null => {
    if (text === null) return null;
    const found = known.get(text);
    if (found !== undefined) return found;
    known.set(text, text);
    return text;
  };
  return ({ length, ts, columns }) => ({
    length,
    ts,
    columns: new Map(
      [...columns].map(([name, values]) => [name, values instanceof Float64Array ? values : values.map(shared)]),
    ),
  });
};
