import type { ColumnPolicy, Policy } from './schema.ts';

/**
 * What a policy says of an event column or a source field; undefined where it says nothing. A field may be called
 * `constructor` or `__proto__`: what objects inherit is no policy.
 */
export const policyFor = (policy: Policy | undefined, name: string): ColumnPolicy | undefined =>
  policy !== undefined && Object.hasOwn(policy, name) ? policy[name] : undefined;
