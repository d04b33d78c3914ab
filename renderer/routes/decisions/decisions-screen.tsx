import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { Decision } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { useDecide } from '../../decisions/index.ts';
import { Screen } from '../../shell/screen.tsx';
import { VirtualGrid } from '../../table/index.ts';
import type { GridSort } from '../../table/index.ts';
import { DecisionsIcon } from '../../ui/icons.tsx';
import { Button, EmptyState, ErrorState, LoadingState, useCommands } from '../../ui/index.ts';
import { NoCase } from '../no-case.tsx';
import { exportDecisions, importDecisions } from './csv-files.ts';
import { DecisionActions } from './decision-actions.tsx';
import { DECISION_COLUMNS } from './decision-columns.tsx';
import { DecisionFilters } from './decision-filters.tsx';
import { useDecisionRows } from './use-decision-rows.ts';
import css from './decisions.module.css';

const route = getRouteApi('/decisions');
const NEWEST: GridSort = { by: 'decidedAt', descending: true };
const NONE: readonly Decision[] = [];

/** What was decided about whom, with a way to find, undo, take along and bring back. */
export const DecisionsScreen = () => {
  const { data: open } = useQuery(api.case.current.queryOptions());
  const { undo, decide } = useDecide();
  const isOpen = open !== null && open !== undefined;
  const list = useQuery(api.decisions.list.queryOptions({ enabled: isOpen }));
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const searchField = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState(-1);
  const sort = filter.sort ?? NEWEST;
  const decisions = list.data ?? NONE;
  const rows = useDecisionRows(decisions, filter, sort);
  const narrow = (part: Partial<typeof filter>): void => {
    setSelected(-1);
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  };
  const clear = (): void => narrow({ verdict: undefined, kind: undefined, text: undefined });
  const toActor = (index: number): void => {
    const row = rows[index];
    if (row !== undefined) void navigate({ to: '/explore', search: { actor: row.actor } });
  };
  useCommands([
    {
      id: 'decisions:search',
      title: 'Search decisions',
      keys: '/',
      group: 'Decisions',
      run: () => searchField.current?.focus(),
    },
    {
      id: 'decisions:export',
      title: 'Export decisions as CSV',
      group: 'Decisions',
      isEnabled: decisions.length > 0,
      run: () => void exportDecisions(),
    },
    {
      id: 'decisions:import',
      title: 'Import decisions from CSV',
      group: 'Decisions',
      isEnabled: isOpen,
      run: () => void importDecisions(undo),
    },
  ]);
  if (open === null) return <NoCase title="Decisions" />;
  const current = rows[selected];
  return (
    <Screen
      title="Decisions"
      about="Every decision is in the journal of the case; undo and redo are as well."
      isFixed
      actions={<DecisionActions canExport={decisions.length > 0} />}
    >
      <DecisionFilters
        filter={filter}
        onNarrow={narrow}
        onClear={clear}
        shown={rows.length}
        all={decisions.length}
        searchField={searchField}
      />
      {list.error !== null ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <LoadingState label="Reading decisions" />
      ) : decisions.length === 0 ? (
        <EmptyState
          icon={DecisionsIcon}
          title="Nothing is decided yet."
          actions={
            <Button kind="primary" onPress={() => void navigate({ to: '/explore' })}>
              Go to the queue
            </Button>
          }
        >
          Open an actor in Explore, read why it is unusual, and decide: abuse, benign or unsure. Decisions of a
          colleague come in as CSV.
        </EmptyState>
      ) : (
        <>
          <VirtualGrid
            className={css.grid ?? ''}
            label="Decisions"
            columns={DECISION_COLUMNS}
            rowCount={rows.length}
            getRow={(index) => rows[index]}
            selectedIndex={selected}
            onSelect={setSelected}
            onOpen={toActor}
            sort={sort}
            onSort={(next) => narrow({ sort: next })}
            empty={
              <EmptyState
                title="No decision fits these filters."
                actions={<Button onPress={clear}>Clear filters</Button>}
              />
            }
          />
          <div className={css.foot}>
            <span className={css.detail}>
              {current === undefined ? (
                <span className={css.muted}>Choose a decision; Enter shows its actor in Explore.</span>
              ) : (
                (current.note ?? '')
              )}
            </span>
            <Button
              kind="quiet"
              isDisabled={current === undefined}
              onPress={() => current && void decide({ actors: [current.actor], verdict: null })}
            >
              Take back
            </Button>
            <Button isDisabled={current === undefined} onPress={() => toActor(selected)}>
              Show in Explore
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
};
