import type { Decision } from '../../../core/api/contract.ts';
import { count, localTime } from '../../format.ts';
import type { GridColumn } from '../../table/index.ts';
import { VerdictChip } from '../../ui/index.ts';
import css from './decisions.module.css';

/** Columns of the table of decisions. */
export const DECISION_COLUMNS: readonly GridColumn<Decision>[] = [
  {
    id: 'actor',
    header: 'Actor',
    width: 'minmax(160px, 1fr)',
    isSortable: true,
    cell: (row) => <span className={css.actor}>{row.actor}</span>,
  },
  {
    id: 'verdict',
    header: 'Verdict',
    width: '110px',
    isSortable: true,
    cell: (row) => <VerdictChip verdict={row.verdict} />,
  },
  { id: 'kind', header: 'Kind', width: '140px', isSortable: true, cell: (row) => row.kind ?? '' },
  { id: 'note', header: 'Note', width: 'minmax(160px, 3fr)', isSortable: true, cell: (row) => row.note ?? '' },
  {
    id: 'rank',
    header: 'Rank',
    width: '90px',
    align: 'end',
    isSortable: true,
    cell: (row) => (row.rank === null ? <span className={css.muted}>not ranked</span> : count(row.rank)),
  },
  { id: 'decidedAt', header: 'Decided', width: '150px', isSortable: true, cell: (row) => localTime(row.decidedAt) },
];
