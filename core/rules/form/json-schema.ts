import { z } from 'zod';

import { ruleFileShape } from './shape.ts';

/** JSON Schema (draft 2020-12) of a file of rules; published as docs/schemas/nightjar-rules-1.json. */
export const RULES_JSON_SCHEMA: Readonly<Record<string, unknown>> = z.toJSONSchema(ruleFileShape, {
  target: 'draft-2020-12',
  io: 'input',
});
