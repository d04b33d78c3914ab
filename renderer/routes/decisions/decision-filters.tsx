import { useQuery } from '@tanstack/react-query';
import type { Ref } from 'react';
import type { Verdict } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { count, counted } from '../../format.ts';
import { Button, Chip, SearchField, Select, VERDICTS } from '../../ui/index.ts';
import type { DecisionFilter } from './filter-decisions.ts';
import css from './decisions.module.css';

const ANY = '(any)';
const VERDICT_LIST: readonly Verdict[] = ['abuse', 'benign', 'unsure'];

type DecisionFiltersProps = {
  readonly filter: DecisionFilter;
  readonly onNarrow: (part: DecisionFilter) => void;
  readonly onClear: () => void;
  /** How many decisions fit, of how many. */
  readonly shown: number;
  readonly all: number;
  readonly searchField: Ref<HTMLInputElement>;
};

/** Which decisions are shown. */
export const DecisionFilters = ({ filter, onNarrow, onClear, shown, all, searchField }: DecisionFiltersProps) => {
  const { data: summary } = useQuery(api.decisions.summary.queryOptions());
  const isFiltered = filter.verdict !== undefined || filter.kind !== undefined || (filter.text ?? '') !== '';
  return (
    <div className={css.filters}>
      <SearchField
        ref={searchField}
        className={css.search ?? ''}
        label="Search actor, kind or note"
        isLabelHidden
        placeholder="Search actor, kind or note"
        value={filter.text ?? ''}
        onChange={(text) => onNarrow({ text: text === '' ? undefined : text })}
      />
      {VERDICT_LIST.map((verdict) => (
        <Chip
          key={verdict}
          icon={VERDICTS[verdict].icon}
          tone={VERDICTS[verdict].tone}
          isSelected={filter.verdict === verdict}
          onPress={() => onNarrow({ verdict: filter.verdict === verdict ? undefined : verdict })}
        >
          {VERDICTS[verdict].label} {summary === undefined ? '' : count(summary[verdict])}
        </Chip>
      ))}
      {summary === undefined || summary.kinds.length === 0 ? null : (
        <Select
          className={css.kind ?? ''}
          label="Kind"
          isLabelHidden
          value={filter.kind ?? ANY}
          options={[{ id: ANY, label: 'Any kind' }, ...summary.kinds.map((kind) => ({ id: kind, label: kind }))]}
          onChange={(kind) => onNarrow({ kind: kind === ANY ? undefined : kind })}
        />
      )}
      {isFiltered ? (
        <Button kind="quiet" onPress={onClear}>
          Clear filters
        </Button>
      ) : null}
      <span className={css.count} role="status">
        {isFiltered ? `${count(shown)} of ${counted(all, 'decision')}` : counted(all, 'decision')}
      </span>
    </div>
  );
};
