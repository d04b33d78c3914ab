import type { ColumnPolicy, InspectedField } from '../../../core/api/contract.ts';
import { count } from '../../format.ts';

type Words = { readonly label: string; readonly detail: string };
type Generalised = Extract<ColumnPolicy, { kind: 'generalise' }>['how'];

/** What a policy does, as a verb and one line. */
export const policyWords = (policy: ColumnPolicy): Words => {
  if (policy.kind === 'pseudonymise') return { label: 'Pseudonymise', detail: 'Equal values stay equal' };
  if (policy.kind === 'features-only')
    return { label: 'Measure text', detail: 'Length, links, repeats; the text goes' };
  if (policy.kind === 'bucket')
    return { label: 'Keep a byte', detail: 'Only whether the actor had the same value before' };
  if (policy.kind === 'drop') return { label: 'Drop', detail: 'Nothing of it is kept' };
  if (policy.kind === 'generalise') return generalised(policy.how);
  return policy.guarded
    ? { label: 'Keep, guarded', detail: 'What looks like an identifier is replaced' }
    : { label: 'Keep', detail: 'As it is' };
};

const generalised = (how: Generalised): Words => {
  if (how.to === 'network') return { label: 'Coarsen to network', detail: 'IPv4 to its /24, IPv6 to its /48' };
  if (how.to === 'prefix-preserving') return { label: 'Replace, keep networks', detail: 'Shared prefixes stay shared' };
  if (how.to === 'bins') return { label: `Round to ${count(how.width)}`, detail: 'Lower edge of its bin' };
  if (how.to === 'categories')
    return { label: `Keep ${count(how.values.length)} values`, detail: 'All others become other' };
  return { label: `Coarsen to ${how.to}`, detail: 'Finer parts of the time go' };
};

type Tone = 'danger' | 'warn' | 'ok' | 'normal';

/** How a field bears on privacy, in a word. */
export const PRIVACY: Readonly<
  Record<InspectedField['privacy'], { readonly label: string; readonly tone: Tone; readonly meaning: string }>
> = {
  identifier: { label: 'Identifier', tone: 'danger', meaning: 'Names somebody by itself' },
  quasi: { label: 'Quasi', tone: 'warn', meaning: 'Narrows down who it is together with others' },
  sensitive: { label: 'Sensitive', tone: 'danger', meaning: 'Says something people keep to themselves' },
  text: { label: 'Text', tone: 'warn', meaning: 'Free text may hold anything' },
  safe: { label: 'Safe', tone: 'ok', meaning: 'Says little about who it is' },
};
