import type { ColumnPolicy } from '../anonymize/schema.ts';
import type { LeftoverKind } from './mapping/index.ts';
import { nameParts, QUASI_PARTS, SENSITIVE_PARTS } from './mapping/names.ts';
import { mainKind, type Profile } from './mapping/profile.ts';
import type { ColumnPlan, Encode } from './plan.ts';

export type PrivacyClass = 'identifier' | 'quasi' | 'sensitive' | 'text' | 'safe';

/** What a field's values are like, in one word. */
export const looksLike = (profile: Profile, leftover: LeftoverKind | undefined): string => {
  const kind = mainKind(profile);
  if (kind !== undefined) return kind;
  if (profile.filled === 0) return 'empty';
  const { time } = profile;
  if (time.share >= 0.9 && time.format !== undefined && time.format.kind !== 'day-step') return 'time';
  if (profile.numberShare > 0.95) return 'number';
  if (leftover === 'text' || profile.proseShare > 0.3) return 'text';
  if (profile.distinct === 1 && profile.filled > 1) return 'constant';
  return profile.distinct <= 50 && profile.distinctShare <= 0.5 ? 'category' : 'identifier';
};

const IDENTITIES = new Set(['event_id', 'actor_id', 'object_id', 'ip', 'device_id', 'session_id', 'user_agent']);
const KINDS: Readonly<Record<LeftoverKind, PrivacyClass>> = {
  identifier: 'identifier',
  quasi: 'quasi',
  sensitive: 'sensitive',
  text: 'text',
  measure: 'safe',
  category: 'safe',
  time: 'safe',
  // One value says nothing of the events but may name whose log it is; labels are somebody's own words.
  constant: 'quasi',
  label: 'quasi',
};

/** How a field bears on privacy, from its name, its values and what becomes of it. Errs on the side of the person. */
export const privacyOf = (
  field: string,
  profile: Profile,
  plan: ColumnPlan | undefined,
  leftover: LeftoverKind | undefined,
): PrivacyClass => {
  const parts = nameParts(field);
  if (parts.some((part) => SENSITIVE_PARTS.has(part))) return 'sensitive';
  if (plan !== undefined && IDENTITIES.has(plan.column)) return 'identifier';
  if (parts.some((part) => QUASI_PARTS.has(part))) return 'quasi';
  if (plan?.encode.kind === 'text') return 'text';
  if (plan?.encode.kind === 'time') return 'safe';
  if ([...profile.kinds].some(([kind, share]) => share > 0 && kind !== 'phone')) return 'identifier';
  if (plan !== undefined && plan.encode.kind !== 'term' && plan.encode.kind !== 'bucket') return 'safe';
  // Whoever the log calls so, its values are replaced because they look like names of things.
  if (leftover === undefined && plan?.encode.kind === 'term' && plan.encode.transform.to === 'token')
    return 'identifier';
  if (leftover !== undefined) return KINDS[leftover];
  return plan === undefined ? 'identifier' : 'safe';
};

/** The policy that an encoding amounts to. */
export const policyOf = (encode: Encode | undefined): ColumnPolicy => {
  if (encode === undefined) return { kind: 'drop' };
  if (encode.kind === 'text') return { kind: 'features-only' };
  if (encode.kind === 'bucket') return { kind: 'bucket' };
  if (encode.kind === 'time') {
    const { truncate } = encode;
    return truncate === undefined ? KEEP : { kind: 'generalise', how: { to: truncate } };
  }
  if (encode.kind === 'number') {
    const { binWidth } = encode;
    return binWidth === undefined ? KEEP : { kind: 'generalise', how: { to: 'bins', width: binWidth } };
  }
  const { transform } = encode;
  switch (transform.to) {
    case 'token':
      return { kind: 'pseudonymise' };
    case 'keep':
      return KEEP;
    case 'guarded':
    case 'outcome':
      return GUARDED;
    case 'network':
      return { kind: 'generalise', how: { to: 'network' } };
    case 'prefix':
      return { kind: 'generalise', how: { to: 'prefix-preserving' } };
    case 'categories':
      return { kind: 'generalise', how: { to: 'categories', values: transform.values } };
  }
};

const KEEP: ColumnPolicy = { kind: 'keep', guarded: false };
const GUARDED: ColumnPolicy = { kind: 'keep', guarded: true };
const DROP: ColumnPolicy = { kind: 'drop' };
const TOKEN: ColumnPolicy = { kind: 'pseudonymise' };
const to = (how: Extract<ColumnPolicy, { kind: 'generalise' }>['how']): ColumnPolicy => ({ kind: 'generalise', how });

/** Policies that make sense for a field, the present one among them. */
export const policyChoices = (
  present: ColumnPolicy,
  plan: ColumnPlan | undefined,
  privacy: PrivacyClass,
  profile: Profile,
  binWidth: number,
): readonly ColumnPolicy[] => {
  const choices = choicesFor(plan, privacy, profile, binWidth);
  const isListed = choices.some((choice) => JSON.stringify(choice) === JSON.stringify(present));
  return isListed ? choices : [present, ...choices];
};

const choicesFor = (
  plan: ColumnPlan | undefined,
  privacy: PrivacyClass,
  profile: Profile,
  binWidth: number,
): readonly ColumnPolicy[] => {
  if (plan?.column === 'actor_id') return [TOKEN];
  const encode = plan?.encode.kind;
  if (encode === 'time') {
    const steps = (['minute', 'hour', 'day'] as const).map((step) => to({ to: step }));
    return [KEEP, ...steps, ...(plan?.column === 'ts' ? [] : [DROP])];
  }
  if (encode === 'number') return [KEEP, to({ to: 'bins', width: binWidth }), DROP];
  if (plan?.column === 'ip' || (profile.kinds.get('ip') ?? 0) > 0.5) {
    return [TOKEN, to({ to: 'network' }), to({ to: 'prefix-preserving' }), DROP];
  }
  if (encode === 'bucket') return [{ kind: 'bucket' }, TOKEN, DROP];
  if (privacy === 'text') return [{ kind: 'features-only' }, DROP];
  if (privacy === 'safe') return [GUARDED, TOKEN, DROP];
  return [TOKEN, GUARDED, DROP];
};
