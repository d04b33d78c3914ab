import { BUCKET_PREFIX, EVENT_COLUMNS } from '../schema.ts';
import type { Fit } from './columns.ts';
import { fitOf } from './columns.ts';
import { classifyLeftover } from './leftover.ts';
import { LABEL_NAMES, nameKey, SYNONYMS } from './names.ts';
import type { Profile } from './profile.ts';
import { profileOf } from './profile.ts';
import type { Leftover, Proposal, ProposedColumn } from './schema.ts';

export type MappingInput = {
  readonly fields: readonly string[];
  /** Rows of the file, values in the order of `fields`. */
  readonly samples: readonly (readonly string[])[];
};

type Candidate = Fit & { readonly column: string; readonly at: number };

/** Columns a proposal is made for, in the order in which they win a tie. */
const COLUMNS = ['ts', 'actor_id', ...EVENT_COLUMNS.map((column) => column.name)].filter(
  (name, i, all) => SYNONYMS[name] !== undefined && all.indexOf(name) === i,
);
const REQUIRED = ['ts', 'actor_id'];

/**
 * A mapping of a table's fields to event columns, from their names and sampled values, each with a confidence and a reason; and what
 * becomes of the fields left over. Every field serves once, but an address that acts is both `actor_id` and `ip`.
 * Safe by default: nothing that looks like an identifier or free text is proposed to be kept.
 */
export const proposeMapping = ({ fields, samples }: MappingInput): Proposal => {
  const profiles = fields.map((_, at) => profileOf(samples.map((row) => row[at] ?? '')));
  const columns = assign(fields, profiles);
  const taken = new Set(columns.map(({ field }) => field));
  const leftovers = fields.flatMap((field, at) => {
    const profile = profiles[at];
    return taken.has(field) || profile === undefined ? [] : [classifyLeftover(field, profile)];
  });
  const named = new Set(columns.map(({ column }) => column));
  return { columns, leftovers: distinctColumns(leftovers), missing: REQUIRED.filter((name) => !named.has(name)) };
};

const assign = (fields: readonly string[], profiles: readonly Profile[]): readonly ProposedColumn[] => {
  const candidates: Candidate[] = [];
  fields.forEach((field, at) => {
    const profile = profiles[at];
    if (profile === undefined || profile.filled === 0 || isLabel(field)) return;
    for (const column of COLUMNS) {
      const fit = fitOf(column, field, profile);
      if (fit !== undefined) candidates.push({ ...fit, column, at });
    }
  });
  candidates.sort(
    (a, b) => b.confidence - a.confidence || COLUMNS.indexOf(a.column) - COLUMNS.indexOf(b.column) || a.at - b.at,
  );
  const chosen = new Map<string, Candidate>();
  const used = new Map<number, string>();
  for (const candidate of candidates) {
    const other = used.get(candidate.at);
    const shared = other === undefined || isAddressPair(other, candidate.column);
    if (chosen.has(candidate.column) || !shared) continue;
    chosen.set(candidate.column, candidate);
    used.set(candidate.at, candidate.column);
  }
  return COLUMNS.flatMap((column) => proposed(chosen.get(column), fields, profiles));
};

const isLabel = (field: string): boolean =>
  LABEL_NAMES.has(nameKey(field)) || LABEL_NAMES.has(nameKey(field).replaceAll('_', ''));

const isAddressPair = (a: string, b: string): boolean =>
  (a === 'ip' && b === 'actor_id') || (a === 'actor_id' && b === 'ip');

const proposed = (
  candidate: Candidate | undefined,
  fields: readonly string[],
  profiles: readonly Profile[],
): readonly ProposedColumn[] => {
  if (candidate === undefined) return [];
  const { column, at, confidence, reason } = candidate;
  const time = profiles[at]?.time;
  const base = { column, field: fields[at] ?? '', confidence: Math.round(confidence * 100) / 100, reason };
  return [column === 'ts' && time !== undefined ? { ...base, time } : base];
};

/** Identifiers of which buckets are kept without being asked to, the first in the file: what more of them tell is little. */
const MOST_BUCKETED = 8;

/** One text becomes features; further ones are dropped. Two fields never share an `m_`, `c_` or `b_` column. */
const distinctColumns = (leftovers: readonly Leftover[]): readonly Leftover[] => {
  const names = new Set<string>();
  return leftovers.map((leftover) => {
    const { column, ...rest } = leftover;
    if (column === undefined) return leftover;
    if (column === 'text' && names.has(column))
      return { ...rest, policy: 'drop', reason: 'another field already is the text' };
    const buckets = [...names].filter((name) => name.startsWith(BUCKET_PREFIX)).length;
    if (leftover.policy === 'bucket' && buckets === MOST_BUCKETED)
      return { ...rest, policy: 'drop', reason: 'enough other identifiers are kept as buckets' };
    let name = column;
    for (let i = 2; names.has(name); i++) name = `${column}_${i}`;
    names.add(name);
    return { ...leftover, column: name };
  });
};
