import { z } from 'zod';
import type { Encode } from '../../ingest/plan.ts';
import { readColumns, textColumn, type Readers } from '../../store/index.ts';

const TERM = z.discriminatedUnion('to', [
  z.object({ to: z.enum(['token', 'keep', 'guarded', 'network', 'prefix', 'outcome']) }),
  z.object({ to: z.literal('categories'), values: z.array(z.string()) }),
]);
const TIME = z.object({
  kind: z.literal('time'),
  format: z.object({ kind: z.literal('iso'), zone: z.string() }).catch({ kind: 'iso', zone: 'UTC' }),
  truncate: z.enum(['minute', 'hour', 'day']),
});
const NUMBER = z.object({
  kind: z.literal('number'),
  decimal: z.enum(['.', ',']),
  strict: z.boolean(),
  binWidth: z.number(),
});
/** Of how a column was encoded, what decides over what its values became. */
const ENCODE = z.union([z.object({ kind: z.literal('term'), transform: TERM }), TIME, NUMBER]);
const POLICY = z.record(z.string(), z.string());

/** How the case's latest import of each column made its values. */
export const caseEncodes = async (readers: Pick<Readers, 'read'>): Promise<ReadonlyMap<string, Encode>> => {
  const read = await readers.read((connection) =>
    readColumns(connection, 'SELECT policy FROM imports ORDER BY imported_at, ordinal'),
  );
  const encodes = new Map<string, Encode>();
  for (const policy of textColumn(read, 'policy')) {
    if (policy === null) continue;
    for (const [column, encode] of Object.entries(POLICY.parse(JSON.parse(policy)))) {
      const known = ENCODE.safeParse(JSON.parse(encode));
      if (known.success) encodes.set(column, known.data);
    }
  }
  return encodes;
};
