import type { Table } from '@uwdata/flechette';
import { z } from 'zod';
import type { ActorFilter, QueueSort, Verdict } from '../../../core/api/contract.ts';
import { verdict } from '../../../core/api/contract.ts';
import { api, client, readTable } from '../../client.ts';

const chipReasons = z.array(
  z.object({
    feature: z.string(),
    label: z.string(),
    shownValue: z.string(),
    percentile: z.number().nullable(),
    high: z.boolean(),
  }),
);

export type QueueReason = z.infer<typeof chipReasons>[number];

/** A finding: one actor as the queue shows it. */
export type QueueRow = {
  readonly rank: number;
  readonly actor: string;
  readonly score: number;
  readonly percentile: number;
  readonly pValue: number | null;
  /** The kind of evidence that speaks louder; null where the run does not say. */
  readonly lead: Lead | null;
  readonly isRanked: boolean;
  readonly events: number;
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  readonly verdict: Verdict | null;
  readonly kind: string | null;
  readonly hasNote: boolean;
  /** Its least likely group of twins: how many others are in it, and its place in the run. */
  readonly twins: { readonly others: number; readonly group: number } | null;
  readonly reasons: readonly QueueReason[];
  readonly spark: readonly number[];
  /** Percentile by detector. */
  readonly detectors: Readonly<Record<string, number>>;
};

export type Lead = 'odd' | 'alike';

export type QueuePage = { readonly total: number; readonly of: number; readonly rows: readonly QueueRow[] };

export const PAGE_SIZE = 200;

/** The query of one page of the queue, its table read. */
export const queuePage = (filter: ActorFilter, sort: QueueSort, offset: number, limit: number = PAGE_SIZE) => {
  const input = { filter, sort, offset, limit };
  return {
    queryKey: [...api.explore.queue.queryKey({ input }), 'rows'],
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<QueuePage> => {
      const { total, of, table } = await client.explore.queue(input, { signal });
      return { total, of, rows: rowsOf(await readTable(table)) };
    },
  };
};

/** The rows of a page's table. */
export const rowsOf = (table: Table): readonly QueueRow[] => {
  const columns = new Map(table.schema.fields.map((field, i) => [field.name, table.getChildAt(i)] as const));
  const detectors = [...columns.keys()].filter((name) => name.startsWith(DETECTOR));
  const at = (name: string, row: number): unknown => columns.get(name)?.at(row);
  return Array.from({ length: table.numRows }, (_, row) => ({
    rank: Number(at('rank', row)),
    actor: String(at('actor', row)),
    score: Number(at('score', row)),
    percentile: Number(at('percentile', row)),
    pValue: numberOf(at('pValue', row)),
    lead: leadOf(at('lead', row)),
    isRanked: at('evidence', row) === 'ok',
    events: Number(at('events', row)),
    firstSeen: numberOf(at('firstSeen', row)),
    lastSeen: numberOf(at('lastSeen', row)),
    verdict: verdict.nullable().catch(null).parse(at('verdict', row)),
    kind: textOf(at('kind', row)),
    hasNote: at('hasNote', row) === true,
    twins: twinsOf(Number(at('twins', row) ?? 0), Number(at('group', row) ?? -1)),
    reasons: reasonsOf(at('reasons', row)),
    spark: countsOf(at('spark', row)),
    detectors: Object.fromEntries(detectors.map((name) => [name.slice(DETECTOR.length), Number(at(name, row))])),
  }));
};

/** A list of counts in a cell of a table. */
export const countsOf = (cell: unknown): number[] =>
  cell instanceof Uint16Array || cell instanceof Uint32Array || Array.isArray(cell) ? Array.from(cell, Number) : [];

const DETECTOR = 'detector:';

const numberOf = (cell: unknown): number | null =>
  cell === null || cell === undefined || Number.isNaN(Number(cell)) ? null : Number(cell);

const leadOf = (cell: unknown): Lead | null => (cell === 'odd' || cell === 'alike' ? cell : null);

const textOf = (cell: unknown): string | null => (typeof cell === 'string' && cell !== '' ? cell : null);

const twinsOf = (others: number, group: number): QueueRow['twins'] =>
  others > 0 && group >= 0 ? { others, group } : null;

const reasonsOf = (cell: unknown): readonly QueueReason[] =>
  typeof cell === 'string' ? chipReasons.parse(JSON.parse(cell)) : [];
