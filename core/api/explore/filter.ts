import type { Decision } from '../../store/index.ts';
import type { ActorFilter } from '../contract/explore.ts';
import { isActive } from './binning.ts';
import type { Model } from './model.ts';

export type FilterContext = {
  readonly model: Model;
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Who did one of the filter's actions; undefined where it names none. */
  readonly didAction: ReadonlySet<string> | undefined;
  /** The lowest false-discovery rate at which each passes; NaN: at none. */
  readonly qValue: Float64Array;
};

/** Rows (rank − 1) that a filter leaves, ascending. */
export const filterRows = (
  filter: ActorFilter,
  { model, decisions, didAction, qValue }: FilterContext,
): Uint32Array => {
  const tests: ((row: number) => boolean)[] = [];
  const { activity, actors } = model;
  const { from, to, scoreFrom, scoreTo, evidence, verdicts, reasons, search, falseDiscoveryRate } = filter;
  const { group, groupRun = model.runId } = filter;
  if (filter.actors !== undefined) {
    const listed = new Set(filter.actors);
    tests.push((row) => listed.has(actors[row] ?? ''));
  }
  if (evidence !== undefined) tests.push((row) => row < model.ranked === (evidence === 'ok'));
  if (scoreFrom !== undefined) tests.push((row) => (model.score[row] ?? 0) >= scoreFrom);
  if (scoreTo !== undefined) tests.push((row) => (model.score[row] ?? 0) <= scoreTo);
  if (from !== undefined || to !== undefined) {
    const [low, high] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
    tests.push((row) => activity !== null && isActive(activity, row, low, high));
  }
  if (verdicts !== undefined && verdicts.length > 0) {
    const wanted = new Set<string>(verdicts);
    tests.push((row) => wanted.has(decisions.get(actors[row] ?? '')?.verdict ?? 'none'));
  }
  if (search !== undefined && search !== '') {
    const needle = search.toLowerCase();
    tests.push((row) => actors[row]?.toLowerCase().includes(needle) === true);
  }
  if (didAction !== undefined) tests.push((row) => didAction.has(actors[row] ?? ''));
  if (reasons !== undefined && reasons.length > 0) {
    const wanted = new Set(reasons);
    tests.push((row) => model.reasons(row)?.some(({ feature }) => wanted.has(feature)) === true);
  }
  if (group !== undefined) {
    const isOfThis = groupRun === model.runId;
    const members = new Set(isOfThis ? model.groups.find(({ place }) => place === group)?.rows : []);
    tests.push((row) => members.has(row));
  }
  if (falseDiscoveryRate !== undefined) tests.push((row) => (qValue[row] ?? Number.NaN) <= falseDiscoveryRate);
  const rows = new Uint32Array(actors.length);
  let count = 0;
  for (let row = 0; row < actors.length; row++) if (tests.every((holds) => holds(row))) rows[count++] = row;
  return rows.subarray(0, count);
};
