import { z } from 'zod';
import { importOptions, verdict } from '../../core/api/contract.ts';

/** What the address of Import holds: granted files, how they are to be read, and the job that imports them. */
export const importSearch = z.object({
  grants: z.array(z.string()).optional().catch(undefined),
  options: importOptions.optional().catch(undefined),
  file: z.number().int().min(0).optional().catch(undefined),
  job: z.string().optional().catch(undefined),
  panel: z.enum(['files', 'quarantine']).optional().catch(undefined),
  /** Where to go when the job is done. */
  next: z.literal('explore').optional().catch(undefined),
});

/** What the address of Decisions holds: what is shown, and in what order. */
export const decisionsSearch = z.object({
  verdict: verdict.optional().catch(undefined),
  kind: z.string().optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  sort: z.object({ by: z.string(), descending: z.boolean() }).optional().catch(undefined),
});
