import type { ColumnPlan } from '../plan.ts';
import type { Encoder, EncoderMemory } from './encoder.ts';
import { createBucketEncoder } from './bucket.ts';
import { createNumberEncoder } from './number.ts';
import { createTermEncoder } from './term.ts';
import { createTextEncoder } from './text.ts';
import { createTimeEncoder } from './time.ts';
import { createTransform } from './transform.ts';

export { parseNumber, roundedWarning } from './number.ts';
export { createTermTables, settleTables, wantSettling, type TermTables } from './term-tables.ts';
export { pseudonymOf } from './transform.ts';
export { VECTOR_SIZE } from './validity.ts';
export { takeBuffer, type SpareBuffers } from './column-buffer.ts';
export { skipSpace, trimSpace, type Encoder, type EncoderMemory, type Fields } from './encoder.ts';
export type { TermTable } from './term-table.ts';

/** What encoders tell besides their columns. */
export type EncodeEvents = { onIdentity(token: string, column: string, raw: string): void };

/** The encoder of one planned column. */
export const createEncoder = (
  plan: ColumnPlan,
  key: Uint8Array,
  memory: EncoderMemory,
  events: EncodeEvents,
): Encoder => {
  switch (plan.encode.kind) {
    case 'time':
      return createTimeEncoder(plan.column, plan.encode, plan.required, memory);
    case 'number':
      return createNumberEncoder(plan.column, plan.encode, memory);
    case 'text':
      return createTextEncoder(key, memory);
    case 'bucket':
      return createBucketEncoder(plan.column, key, memory);
    case 'term':
      return createTermEncoder(
        plan.column,
        createTransform(plan.encode.transform, key, (token, raw) => {
          if (plan.vaulted) events.onIdentity(Buffer.from(token).toString(), plan.column, Buffer.from(raw).toString());
        }),
        memory,
        plan.required ? 'no actor' : null,
      );
  }
};
