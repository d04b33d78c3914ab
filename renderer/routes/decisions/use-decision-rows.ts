import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Decision } from '../../../core/api/contract.ts';
import type { GridSort } from '../../table/index.ts';
import { filterDecisions } from './filter-decisions.ts';
import type { DecisionFilter } from './filter-decisions.ts';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

const helper = createColumnHelper<typeof features, Decision>();
const LAST = Number.MAX_SAFE_INTEGER;

const columns = helper.columns([
  helper.accessor('actor', { id: 'actor', sortFn: 'alphanumeric' }),
  helper.accessor('verdict', { id: 'verdict', sortFn: 'alphanumeric' }),
  helper.accessor((row) => row.kind ?? '', { id: 'kind', sortFn: 'alphanumeric' }),
  helper.accessor((row) => row.note ?? '', { id: 'note', sortFn: 'alphanumeric' }),
  helper.accessor((row) => row.rank ?? LAST, { id: 'rank', sortFn: 'basic' }),
  helper.accessor('decidedAt', { id: 'decidedAt', sortFn: 'basic' }),
]);

/** The decisions that are shown, filtered and in order. */
export const useDecisionRows = (
  decisions: readonly Decision[],
  filter: DecisionFilter,
  sort: GridSort,
): readonly Decision[] => {
  const { verdict, kind, text } = filter;
  const data = useMemo(() => filterDecisions(decisions, { verdict, kind, text }), [decisions, verdict, kind, text]);
  const sorting = useMemo(() => [{ id: sort.by, desc: sort.descending }], [sort.by, sort.descending]);
  const table = useTable({ features, columns, data, state: { sorting } });
  return table.getRowModel().rows.map((row) => row.original);
};
