import { z } from 'zod';
import { NightjarError } from '../api/errors.ts';
import type { ColumnPolicy, Policy } from './schema.ts';

const NAMED = [
  'pseudonymise',
  'pseudonymize',
  'generalise',
  'generalize',
  'features-only',
  'bucket',
  'keep',
  'drop',
] as const;
const TO = ['network', 'prefix-preserving', 'minute', 'hour', 'day', 'bins', 'categories'] as const;

const detailed = z
  .object({
    action: z.enum(NAMED).optional(),
    policy: z.enum(NAMED).optional(),
    to: z.enum(TO).optional(),
    width: z.number().positive().optional(),
    values: z.array(z.string()).optional(),
  })
  .strict();
const entry = z.union([z.enum(NAMED), detailed]);

/**
 * Reads a policy file: `{"user_agent": "drop", "ip": {"action": "generalise", "to": "network"}}`, or the same under
 * `"columns"`. Keys are event columns or source fields. Throws `input` naming the entry that is not understood.
 */
export const parsePolicy = (json: string, where: string): Policy => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new NightjarError('input', 'The policy file is not valid JSON.', { where, next: EXAMPLE }, error);
  }
  const inner = typeof value === 'object' && value !== null && 'columns' in value ? value.columns : value;
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) throw notUnderstood(where);
  return Object.fromEntries(Object.entries(inner).map(([name, how]) => [name, readEntry(name, how, where)]));
};

/** Entry by entry: a record of zod leaves out a field that is called `__proto__`. */
const readEntry = (name: string, how: unknown, where: string): ColumnPolicy => {
  const parsed = entry.safeParse(how);
  if (!parsed.success) throw notUnderstood(`${where}: ${[name, ...(parsed.error.issues[0]?.path ?? [])].join('.')}`);
  return columnPolicy(name, parsed.data, where);
};

const notUnderstood = (where: string): NightjarError =>
  new NightjarError('input', 'The policy file has an entry that is not understood.', { where, next: EXAMPLE });

const EXAMPLE =
  'Write {"column": "drop"}, with one of pseudonymise, features-only, bucket, keep, drop, or {"action": "generalise", "to": "network|prefix-preserving|minute|hour|day|bins|categories"}.';

const columnPolicy = (name: string, how: z.infer<typeof entry>, where: string): ColumnPolicy => {
  const record = typeof how === 'string' ? { action: how } : how;
  const action =
    record.action ?? ('policy' in record ? record.policy : undefined) ?? ('to' in record ? 'generalise' : undefined);
  switch (action) {
    case 'pseudonymise':
    case 'pseudonymize':
      return { kind: 'pseudonymise' };
    case 'features-only':
      return { kind: 'features-only' };
    case 'bucket':
      return { kind: 'bucket' };
    case 'keep':
      return { kind: 'keep', guarded: false };
    case 'drop':
      return { kind: 'drop' };
    case 'generalise':
    case 'generalize':
      return generalisation(name, record, where);
    case undefined:
      throw new NightjarError('input', 'A policy entry names no action.', {
        where: `${where}: ${name}`,
        next: EXAMPLE,
      });
  }
};

const generalisation = (name: string, record: Partial<z.infer<typeof detailed>>, where: string): ColumnPolicy => {
  const to = record.to ?? (name === 'ts' ? 'hour' : 'network');
  const missing = (what: string): NightjarError =>
    new NightjarError('input', `Generalising to ${to} needs ${what}.`, { where: `${where}: ${name}`, next: EXAMPLE });
  if (to === 'bins') {
    if (record.width === undefined) throw missing('a "width"');
    return { kind: 'generalise', how: { to, width: record.width } };
  }
  if (to === 'categories') {
    if (record.values === undefined) throw missing('a list of "values" to keep');
    return { kind: 'generalise', how: { to, values: record.values } };
  }
  return { kind: 'generalise', how: { to } };
};
