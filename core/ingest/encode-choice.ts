import { NightjarError } from '../api/errors.ts';
import type { ColumnPolicy } from '../anonymize/schema.ts';
import type { Encode } from './plan.ts';
import { BUCKET_PREFIX, MEASURE_PREFIX } from './schema.ts';
import type { TimeFormat } from './time/index.ts';

/** Columns that name somebody or something: never stored as they are unless a policy says so. */
const IDENTITIES = new Set(['event_id', 'actor_id', 'object_id', 'ip', 'device_id', 'session_id', 'user_agent']);

export type EncodeContext = {
  readonly column: string;
  readonly policy: ColumnPolicy | undefined;
  /** How the column's times are written; undefined where it is no time. */
  readonly time: TimeFormat | undefined;
  readonly decimal: '.' | ',';
  /** Whether sampled values repeat like names of things and none looks like an identifier. */
  readonly fewValues: boolean;
};

/** How a column is encoded under its policy; undefined where it is dropped. Throws `usage` for a policy that cannot be. */
export const chooseEncode = (context: EncodeContext): Encode | undefined => {
  const { column, policy } = context;
  if (column === 'actor_id') refuseOpenActor(policy);
  if (policy?.kind === 'drop') return undefined;
  if (column === 'text' || policy?.kind === 'features-only') return { kind: 'text' };
  if (column.startsWith(BUCKET_PREFIX)) return bucketEncode(column, policy);
  if (policy?.kind === 'bucket') throw noBucket(column);
  if (column === 'ts') return timeEncode(context);
  if (column === 'amount' || column.startsWith(MEASURE_PREFIX)) return numberEncode(context);
  if (policy?.kind === 'pseudonymise') return { kind: 'term', transform: { to: 'token' } };
  if (policy?.kind === 'keep') return { kind: 'term', transform: { to: policy.guarded ? 'guarded' : 'keep' } };
  if (policy?.kind === 'generalise') return termGeneralisation(column, policy);
  if (column === 'outcome') return { kind: 'term', transform: { to: 'outcome' } };
  if (IDENTITIES.has(column) || !context.fewValues) return { kind: 'term', transform: { to: 'token' } };
  return { kind: 'term', transform: { to: 'guarded' } };
};

const refuseOpenActor = (policy: ColumnPolicy | undefined): void => {
  if (policy === undefined || policy.kind === 'pseudonymise') return;
  throw new NightjarError('usage', `The actor cannot be under the policy "${policy.kind}".`, {
    where: 'actor_id',
    next: 'Leave actor_id out of the policy: it is always pseudonymised.',
  });
};

const bucketEncode = (column: string, policy: ColumnPolicy | undefined): Encode => {
  if (policy === undefined || policy.kind === 'bucket') return { kind: 'bucket' };
  throw new NightjarError('usage', `A bucket cannot be under the policy "${policy.kind}".`, {
    where: column,
    next: 'Name the field in the policy and leave the bucket out of the mapping.',
  });
};

const noBucket = (column: string): NightjarError =>
  new NightjarError('usage', 'Only a field that no event column takes can be kept as buckets.', {
    where: column,
    next: 'Map the field to b_NAME, or choose another policy.',
  });

const timeEncode = ({ time, policy }: EncodeContext): Encode => {
  if (time === undefined) throw new NightjarError('internal', 'A time column without a format.');
  const how = policy?.kind === 'generalise' ? policy.how.to : undefined;
  const truncate = how === 'minute' || how === 'hour' || how === 'day' ? how : undefined;
  return { kind: 'time', format: time, ...(truncate === undefined ? {} : { truncate }) };
};

const numberEncode = ({ column, policy, decimal }: EncodeContext): Encode => ({
  kind: 'number',
  decimal,
  strict: column === 'amount',
  ...(policy?.kind === 'generalise' && policy.how.to === 'bins' ? { binWidth: policy.how.width } : {}),
});

const termGeneralisation = (column: string, policy: Extract<ColumnPolicy, { kind: 'generalise' }>): Encode => {
  const { how } = policy;
  switch (how.to) {
    case 'network':
      return { kind: 'term', transform: { to: 'network' } };
    case 'prefix-preserving':
      return { kind: 'term', transform: { to: 'prefix' } };
    case 'categories':
      return { kind: 'term', transform: { to: 'categories', values: how.values } };
    default:
      throw new NightjarError('usage', `This column cannot be generalised to "${how.to}".`, {
        where: column,
        next: 'Addresses go to network or prefix-preserving, times to minute, hour or day, numbers to bins.',
      });
  }
};
