import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { Decision, Verdict } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { useDecide } from '../../decisions/index.ts';
import { count, counted } from '../../format.ts';
import { Screen } from '../../shell/screen.tsx';
import { VirtualGrid } from '../../table/index.ts';
import type { GridSort } from '../../table/index.ts';
import { DecisionsIcon, DownloadIcon, RedoIcon, UndoIcon, UploadIcon } from '../../ui/icons.tsx';
import {
  Button,
  Chip,
  EmptyState,
  ErrorState,
  IconButton,
  LoadingState,
  SearchField,
  Select,
  useCommands,
  VERDICTS,
} from '../../ui/index.ts';
import { NoCase } from '../no-case.tsx';
import { exportDecisions, importDecisions } from './csv-files.ts';
import { DECISION_COLUMNS } from './decision-columns.tsx';
import { useDecisionRows } from './use-decision-rows.ts';
import css from './decisions.module.css';

const route = getRouteApi('/decisions');
const ANY = '(any)';
const NEWEST: GridSort = { by: 'decidedAt', descending: true };
const NONE: readonly Decision[] = [];
const VERDICT_LIST: readonly Verdict[] = ['abuse', 'benign', 'unsure'];

/** What was decided about whom, with a way to find, undo, take along and bring back. */
export const DecisionsScreen = () => {
  const { data: open } = useQuery(api.case.current.queryOptions());
  const { undo, redo, canUndo, canRedo, decide } = useDecide();
  const isOpen = open !== null && open !== undefined;
  const list = useQuery(api.decisions.list.queryOptions({ enabled: isOpen }));
  const { data: summary } = useQuery(api.decisions.summary.queryOptions({ enabled: isOpen }));
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
  const isFiltered = filter.verdict !== undefined || filter.kind !== undefined || (filter.text ?? '') !== '';
  const current = rows[selected];
  return (
    <Screen
      title="Decisions"
      about="Every decision is in the journal of the case; undo and redo are as well."
      isFixed
      actions={
        <>
          <IconButton
            icon={UndoIcon}
            label={canUndo === null ? 'Nothing to undo' : `Undo: ${canUndo}`}
            keys="Mod+Z"
            isDisabled={canUndo === null}
            onPress={() => void undo()}
          />
          <IconButton
            icon={RedoIcon}
            label={canRedo === null ? 'Nothing to redo' : `Redo: ${canRedo}`}
            keys="Shift+Mod+Z"
            isDisabled={canRedo === null}
            onPress={() => void redo()}
          />
          <Button icon={UploadIcon} onPress={() => void importDecisions(undo)}>
            Import CSV
          </Button>
          <Button icon={DownloadIcon} isDisabled={decisions.length === 0} onPress={() => void exportDecisions()}>
            Export CSV
          </Button>
        </>
      }
    >
      <div className={css.filters}>
        <SearchField
          ref={searchField}
          className={css.search ?? ''}
          label="Search actor, kind or note"
          isLabelHidden
          placeholder="Search actor, kind or note"
          value={filter.text ?? ''}
          onChange={(text) => narrow({ text: text === '' ? undefined : text })}
        />
        {VERDICT_LIST.map((verdict) => (
          <Chip
            key={verdict}
            icon={VERDICTS[verdict].icon}
            tone={VERDICTS[verdict].tone}
            isSelected={filter.verdict === verdict}
            onPress={() => narrow({ verdict: filter.verdict === verdict ? undefined : verdict })}
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
            onChange={(kind) => narrow({ kind: kind === ANY ? undefined : kind })}
          />
        )}
        {isFiltered ? (
          <Button kind="quiet" onPress={() => narrow({ verdict: undefined, kind: undefined, text: undefined })}>
            Clear filters
          </Button>
        ) : null}
        <span className={css.count} role="status">
          {isFiltered
            ? `${count(rows.length)} of ${counted(decisions.length, 'decision')}`
            : counted(decisions.length, 'decision')}
        </span>
      </div>
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
              <EmptyState title="No decision fits these filters.">
                <Button onPress={() => narrow({ verdict: undefined, kind: undefined, text: undefined })}>
                  Clear filters
                </Button>
              </EmptyState>
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
