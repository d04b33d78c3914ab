import { useQuery } from '@tanstack/react-query';
import type { OpenColumn } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { CloseIcon, PlusIcon } from '../../ui/icons.tsx';
import { Button, ErrorNotice, IconButton, Select, TextField } from '../../ui/index.ts';
import {
  boundsGroups,
  boundsRows,
  NEW_KEY,
  readsValue,
  type Composed,
  type ComposedFilter,
  type ComposedKey,
} from './compose-query.ts';
import css from './privacy.module.css';

type Props = { readonly form: Composed; readonly onChange: (part: Partial<Composed>) => void };

const MEASURES = [
  { id: 'count', label: 'Count' },
  { id: 'sum', label: 'Sum' },
  { id: 'mean', label: 'Mean' },
  { id: 'variance', label: 'Variance' },
  { id: 'quantiles', label: 'Quantiles' },
  { id: 'top', label: 'Top groups' },
] as const;
const OF = [
  { id: 'actors', label: 'Different actors' },
  { id: 'events', label: 'Events' },
] as const;
const SOURCES = [
  { id: 'events', label: 'Events' },
  { id: 'actors', label: 'Actors, one row each' },
] as const;

/** The query: what is measured, by what, of which rows, and what one actor may contribute. */
export const ComposeForm = ({ form, onChange }: Props) => {
  const { data, error } = useQuery(api.privacy.columns.queryOptions());
  const columns = data?.[form.source] ?? NO_COLUMNS;
  const isActors = form.source === 'actors';
  return (
    <>
      {error === null ? null : <ErrorNotice error={error} />}
      <section className={css.section} aria-labelledby="compose-what">
        <h2 id="compose-what">Measure</h2>
        <div className={css.pair}>
          <Select
            label="From"
            value={form.source}
            options={SOURCES}
            onChange={(source) => onChange({ source, of: 'actors', column: '', keys: [], filters: [] })}
          />
          <Select
            label="Measure"
            value={form.measure}
            options={MEASURES}
            onChange={(measure) => onChange({ measure })}
          />
          {readsValue(form) ? (
            <Select
              label="Column"
              value={form.column === '' ? null : form.column}
              options={namesOf(columns, 'number')}
              onChange={(column) => onChange({ column })}
            />
          ) : (
            <Select
              label="Of"
              value={form.of}
              options={isActors ? OF.slice(0, 1) : OF}
              onChange={(of) => onChange({ of })}
            />
          )}
          {form.measure === 'top' ? (
            <TextField label="How many" value={form.most} onChange={(most) => onChange({ most })} />
          ) : null}
          {form.measure === 'quantiles' ? (
            <TextField
              label="Probabilities"
              value={form.probabilities}
              onChange={(probabilities) => onChange({ probabilities })}
            />
          ) : null}
        </div>
      </section>
      <Keys form={form} columns={columns} onChange={onChange} />
      <Filters form={form} columns={columns} onChange={onChange} />
      <Bounds form={form} onChange={onChange} />
    </>
  );
};

const NO_COLUMNS: readonly OpenColumn[] = [];
const namesOf = (columns: readonly OpenColumn[], type?: OpenColumn['type']) =>
  columns.filter((each) => type === undefined || each.type === type).map(({ name }) => ({ id: name, label: name }));

type PartProps = Props & { readonly columns: readonly OpenColumn[] };

const HOW = {
  text: [
    { id: 'keys', label: 'Declared keys' },
    { id: 'unknown', label: 'Unknown: the mechanism chooses' },
  ],
  number: [{ id: 'bins', label: 'Declared bins' }],
  time: [{ id: 'time', label: 'Bins of time' }],
} as const satisfies Record<OpenColumn['type'], readonly { id: ComposedKey['how']; label: string }[]>;
const EVERY = [
  { id: 'hour', label: 'Hour' },
  { id: 'day', label: 'Day' },
  { id: 'week', label: 'Week' },
] as const;
const MOST_KEYS = 3;

const Keys = ({ form, columns, onChange }: PartProps) => {
  const change = (place: number, part: Partial<ComposedKey>): void =>
    onChange({ keys: form.keys.map((key, i) => (i === place ? { ...key, ...part } : key)) });
  const typeOf = (name: string) => columns.find((each) => each.name === name)?.type ?? 'text';
  return (
    <section className={css.section} aria-labelledby="compose-keys">
      <h2 id="compose-keys">Grouped by</h2>
      {form.keys.map((key, place) => (
        <div key={`${place}`} className={css.card}>
          <div className={css.cardHead}>
            <Select
              label={`Key ${place + 1}`}
              value={key.column === '' ? null : key.column}
              options={namesOf(columns)}
              onChange={(column) => change(place, { ...NEW_KEY, column, how: HOW[typeOf(column)][0].id })}
            />
            <Select<ComposedKey['how']>
              label="Groups"
              value={key.how}
              options={HOW[typeOf(key.column)]}
              onChange={(how) => change(place, { how })}
            />
            <IconButton
              icon={CloseIcon}
              label={`Remove key ${place + 1}`}
              onPress={() => onChange({ keys: form.keys.filter((_, i) => i !== place) })}
            />
          </div>
          {key.how === 'keys' ? (
            <TextField
              label="Declared keys, one a line"
              rows={3}
              value={key.text}
              onChange={(text) => change(place, { text })}
              description="Public values that you write; none is read from the data."
            />
          ) : null}
          {key.how === 'bins' ? (
            <TextField
              label="Edges of bins"
              value={key.text}
              onChange={(text) => change(place, { text })}
              placeholder="0, 10, 100, 1000"
            />
          ) : null}
          {key.how === 'time' ? (
            <div className={css.triple}>
              <Select label="Every" value={key.every} options={EVERY} onChange={(every) => change(place, { every })} />
              <TextField
                label="From (UTC)"
                value={key.from}
                onChange={(from) => change(place, { from })}
                placeholder="2026-01-01"
              />
              <TextField
                label="To (UTC)"
                value={key.to}
                onChange={(to) => change(place, { to })}
                placeholder="2026-02-01"
              />
            </div>
          ) : null}
        </div>
      ))}
      <div>
        <Button
          icon={PlusIcon}
          isDisabled={columns.length === 0 || form.keys.length >= MOST_KEYS}
          onPress={() => onChange({ keys: [...form.keys, NEW_KEY] })}
        >
          Add a key
        </Button>
      </div>
    </section>
  );
};

const OPS = [
  { id: '=', label: 'is' },
  { id: 'in', label: 'is one of' },
  { id: '<', label: 'is below' },
  { id: '<=', label: 'is at most' },
  { id: '>', label: 'is above' },
  { id: '>=', label: 'is at least' },
] as const satisfies readonly { id: ComposedFilter['op']; label: string }[];

const Filters = ({ form, columns, onChange }: PartProps) => {
  const change = (place: number, part: Partial<ComposedFilter>): void =>
    onChange({ filters: form.filters.map((each, i) => (i === place ? { ...each, ...part } : each)) });
  return (
    <section className={css.section} aria-labelledby="compose-filter">
      <h2 id="compose-filter">Only rows where</h2>
      {form.filters.map((filter, place) => (
        <div key={`${place}`} className={css.filter}>
          <Select
            label="Column"
            value={filter.column === '' ? null : filter.column}
            options={namesOf(columns)}
            onChange={(column) =>
              change(place, { column, isNumber: columns.find(({ name }) => name === column)?.type === 'number' })
            }
          />
          <Select<ComposedFilter['op']>
            label="Condition"
            value={filter.op}
            options={OPS}
            onChange={(op) => change(place, { op })}
          />
          <TextField label="Value" value={filter.value} onChange={(value) => change(place, { value })} />
          <IconButton
            icon={CloseIcon}
            label={`Remove condition ${place + 1}`}
            onPress={() => onChange({ filters: form.filters.filter((_, i) => i !== place) })}
          />
        </div>
      ))}
      <div>
        <Button
          icon={PlusIcon}
          isDisabled={columns.length === 0}
          onPress={() => onChange({ filters: [...form.filters, { column: '', op: '=', value: '', isNumber: false }] })}
        >
          Add a condition
        </Button>
      </div>
    </section>
  );
};

const Bounds = ({ form, onChange }: Props) => (
  <section className={css.section} aria-labelledby="compose-bounds">
    <h2 id="compose-bounds">What one actor may contribute</h2>
    <p className={css.muted}>
      What goes beyond is left out by a random choice. Tight bounds mean less noise. Nothing here is read from the data.
    </p>
    <div className={css.pair}>
      {boundsGroups(form) ? (
        <TextField
          label="Groups per actor"
          value={form.groupsPerActor}
          onChange={(groupsPerActor) => onChange({ groupsPerActor })}
          placeholder="such as 3"
        />
      ) : null}
      {boundsRows(form) ? (
        <TextField
          label="Rows per group"
          value={form.rowsPerGroup}
          onChange={(rowsPerGroup) => onChange({ rowsPerGroup })}
          placeholder="such as 20"
        />
      ) : null}
      {readsValue(form) ? (
        <>
          <TextField label="Lowest value" value={form.low} onChange={(low) => onChange({ low })} placeholder="0" />
          <TextField
            label="Highest value"
            value={form.high}
            onChange={(high) => onChange({ high })}
            placeholder="100"
          />
          <TextField
            label="Step of the grid"
            value={form.step}
            onChange={(step) => onChange({ step })}
            placeholder="1"
          />
        </>
      ) : null}
      <TextField label="Level of intervals" value={form.level} onChange={(level) => onChange({ level })} />
    </div>
    {!boundsGroups(form) && !boundsRows(form) && !readsValue(form) ? (
      <p>An actor counts once: there is nothing to bound.</p>
    ) : null}
  </section>
);
