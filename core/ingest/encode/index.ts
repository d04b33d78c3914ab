import type { ColumnPlan } from '../plan.ts';
import type { Encoder } from './encoder.ts';
import { createNumberEncoder } from './number.ts';
import { createTermEncoder } from './term.ts';
import { createTextEncoder } from './text.ts';
import { createTimeEncoder } from './time.ts';
import { createTransform } from './transform.ts';

export { parseNumber } from './number.ts';
export { normaliseOutcome, pseudonymOf } from './transform.ts';
export { VECTOR_SIZE } from './validity.ts';
export type { Encoder } from './encoder.ts';

/** What encoders tell besides their columns. */
export type EncodeEvents = {
  onIdentity(token: string, column: string, raw: string): void;
  onNulledNumber(column: string): void;
};

/** The encoder of one planned column. */
export const createEncoder = (plan: ColumnPlan, key: Uint8Array, events: EncodeEvents): Encoder => {
  switch (plan.encode.kind) {
    case 'time':
      return createTimeEncoder(plan.column, plan.encode, plan.required);
    case 'number':
      return createNumberEncoder(plan.column, plan.encode, () => events.onNulledNumber(plan.column));
    case 'text':
      return createTextEncoder(key);
    case 'term':
      return createTermEncoder(
        plan.column,
        createTransform(plan.encode.transform, key, (token, raw) => {
          if (plan.vaulted) events.onIdentity(Buffer.from(token).toString(), plan.column, Buffer.from(raw).toString());
        }),
        plan.required ? 'no actor' : null,
      );
  }
};
