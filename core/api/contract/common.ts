import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Where an error happened and what can be done next; never a raw value of a log. */
export const errorDetail = z.object({ where: z.string().optional(), next: z.string().optional() });

/** The closed set of error codes, the same as `ErrorCode` of the engine; `message` says what happened. */
export const errorMap = {
  usage: { data: errorDetail },
  input: { data: errorDetail },
  'case-locked': { data: errorDetail },
  'case-newer': { data: errorDetail },
  'case-damaged': { data: errorDetail },
  vault: { data: errorDetail },
  'disk-full': { data: errorDetail },
  memory: { data: errorDetail },
  cancelled: { data: errorDetail },
  internal: { data: errorDetail },
} as const;

/** Every procedure may fail with any of them. */
export const procedure = oc.errors(errorMap);

/** A table as Arrow IPC stream bytes. */
export const arrowTable = z.instanceof(Blob);

/** Milliseconds since 1970, UTC. */
export const time = z.number();

/** A pseudonym as events hold it. */
export const actorToken = z.string().min(1).max(256);

/** A file, folder, case or place to write to that the user chose; its path never crosses the boundary. */
export const grantId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const grant = z.object({
  id: grantId,
  name: z.string(),
  kind: z.enum(['file', 'folder', 'case', 'save']),
  bytes: z.number().nonnegative(),
});
export type Grant = z.infer<typeof grant>;
export type ErrorDetail = z.infer<typeof errorDetail>;
