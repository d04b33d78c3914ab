import type { Agreement } from './agreement.ts';
import { weightOf } from './members.ts';

/** A detector that ran, in the order of the agreement. */
export type Running = { readonly name: string; readonly evidence: 'odd' | 'alike' };

/**
 * What each detector's word counts in a run: its weight, divided among those that say the same. A detector whose strongest
 * rows are all another's too has half its weight, one that alone names its rows keeps all of it; only detectors of the same kind of
 * evidence share. No label is looked at (docs/decisions/0021).
 */
export const saysOf = (running: readonly Running[], agreement: Agreement): number[] =>
  running.map(({ name, evidence }, a) => {
    const company = running.reduce(
      (sum, other, b) => sum + (other.evidence === evidence ? (agreement.top[a]?.[b] ?? 0) : 0),
      0,
    );
    return weightOf(name) / Math.max(1, company);
  });
