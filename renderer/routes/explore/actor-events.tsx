import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { ActorDetail, RuleEvents } from '../../../core/api/contract.ts';
import { api, client, readTable, saveExport } from '../../client.ts';
import { counted, revealed } from '../../format.ts';
import { formatCount, formatMeasured } from '../../plots/format.ts';
import { formatTime } from '../../plots/time.ts';
import { usePages, VirtualGrid, type GridColumn, type PageQuery } from '../../table/index.ts';
import { DownloadIcon } from '../../ui/icons.tsx';
import { Button, Checkbox, Chip, ErrorState, IconButton, showError, showToast } from '../../ui/index.ts';
import { useGoRules } from '../use-go-rules.ts';
import css from './explore.module.css';
import { toggled } from './search.ts';
import type { Explore } from './use-explore.ts';

const PAGE = 200;

type EventRow = Readonly<Record<string, string | number | null>>;
type EventPage = {
  readonly total: number;
  readonly columns: readonly string[];
  readonly numbers: ReadonlySet<string>;
  readonly rows: readonly EventRow[];
};

/** The actor's events, oldest first, narrowed to actions and to the brushed time. */
export const ActorEvents = (props: {
  readonly actor: string;
  /** How many there are. */
  readonly events: number;
  readonly actions: ActorDetail['actions'];
  readonly explore: Explore;
}): ReactNode => {
  const { actor, events: known, actions, explore } = props;
  const { search, patch } = explore;
  const goRules = useGoRules();
  const [isBrushed, setBrushed] = useState(true);
  const [selected, setSelected] = useState(-1);
  const did = search.did?.filter((action) => actions.length === 0 || actions.some((done) => done.action === action));
  const hasBrush = search.from !== undefined || search.to !== undefined;
  const choice = {
    ...(isBrushed && search.from !== undefined ? { from: search.from } : {}),
    ...(isBrushed && search.to !== undefined ? { to: search.to } : {}),
    ...(did === undefined || did.length === 0 ? {} : { actions: did }),
  };
  const narrowed = JSON.stringify(choice);
  const queryOf = useCallback((offset: number) => eventPage(actor, narrowed, offset), [actor, narrowed]);
  const pages = usePages({ pageSize: PAGE, queryOf, rowsOf });
  const columns = useMemo(() => columnsOf(pages.firstPage), [pages.firstPage]);
  const total = pages.firstPage?.total ?? 0;
  return (
    <section className={css.events} aria-labelledby="events">
      <div className={css.eventsHead}>
        <h3 id="events">Events</h3>
        <span className={css.muted}>
          {pages.firstPage === undefined ? '' : `${formatCount(total)} of ${formatCount(known)}`}
        </span>
        {total > 0 && (
          <>
            <Button kind="quiet" onPress={() => goRules({ events: { actor, ...choice } })}>
              Make a rule of these
            </Button>
            <IconButton icon={DownloadIcon} label="Save as CSV" onPress={() => void saveEvents({ actor, ...choice })} />
          </>
        )}
      </div>
      <div className={css.chips}>
        {actions.map(({ action, events }) => (
          <Chip
            key={action}
            isSelected={did?.includes(action) === true}
            onPress={() => patch({ did: toggled(search.did, action) }, 'replace')}
          >
            {revealed(action)} {formatCount(events)}
          </Chip>
        ))}
      </div>
      {hasBrush && (
        <Checkbox isSelected={isBrushed} onChange={setBrushed}>
          Only the chosen time
        </Checkbox>
      )}
      {pages.error !== null ? (
        <ErrorState error={pages.error} onRetry={pages.retry} />
      ) : (
        <div className={css.eventsGrid}>
          <VirtualGrid
            label="Events of the actor"
            columns={columns}
            rowCount={total}
            getRow={pages.getRow}
            onVisibleRange={pages.onVisibleRange}
            selectedIndex={selected}
            onSelect={setSelected}
            rowHeight={24}
            empty={pages.isLoading ? undefined : <p className={css.hint}>No events match.</p>}
          />
        </div>
      )}
    </section>
  );
};

/** Saves the events that are shown; the export is journalled. */
const saveEvents = async (events: RuleEvents): Promise<void> => {
  try {
    const rows = await saveExport(`events-${events.actor}.csv`, (place) =>
      client.explore.exportEventsCsv({ events, ...place }),
    );
    if (rows !== null) showToast({ text: `${counted(rows, 'event')} saved. It is in the journal.` });
  } catch (error) {
    showError(error);
  }
};

const rowsOf = (page: EventPage): readonly EventRow[] => page.rows;

const eventPage = (actor: string, narrowed: string, offset: number): PageQuery<EventPage> => {
  const input = { actor, ...JSON.parse(narrowed), offset, limit: PAGE };
  return {
    queryKey: [...api.explore.actorEvents.queryKey({ input }), 'rows'],
    queryFn: async ({ signal }) => {
      const { total, columns, table } = await client.explore.actorEvents(input, { signal });
      const read = await readTable(table);
      const rows = Array.from({ length: read.numRows }, (_, row) =>
        Object.fromEntries(columns.map((name) => [name, cellOf(read.getChild(name)?.at(row))])),
      );
      return { total, columns, numbers: numbersOf(columns, rows), rows };
    },
  };
};

/** Columns with a number in them; times, which are numbers as well, are none. */
const numbersOf = (columns: readonly string[], rows: readonly EventRow[]): ReadonlySet<string> =>
  new Set(columns.filter((name) => name !== 'ts' && rows.some((row) => typeof row[name] === 'number')));

const cellOf = (value: unknown): string | number | null => {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : null;
};

const WIDTHS: Readonly<Record<string, string>> = { ts: '168px', action: '116px', outcome: '72px', country: '64px' };

/** Characters of a value that a hint shows. */
const MOST_HINTED = 300;

const columnsOf = (page: EventPage | undefined): readonly GridColumn<EventRow>[] =>
  (page?.columns ?? [])
    .filter((name) => name !== 'actor_id')
    .map((name) => ({ ...columnOf(name), ...(page?.numbers.has(name) === true ? { align: 'end' } : {}) }));

const columnOf = (name: string): GridColumn<EventRow> => ({
  id: name,
  header: name,
  width: WIDTHS[name] ?? '112px',
  cell: (row) => {
    const value = row[name] ?? null;
    if (value === null) return <span className={css.muted}>–</span>;
    if (name === 'ts' && typeof value === 'number') return formatTime(value, true);
    if (typeof value === 'number') return <span title={String(value)}>{formatMeasured(value)}</span>;
    const shown = revealed(value);
    return (
      <span className={css.eventCell} title={shown.slice(0, MOST_HINTED)}>
        {shown}
      </span>
    );
  },
});
