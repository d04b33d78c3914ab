import { Checkbox, Select, TextField } from '../../ui/index.ts';
import { columnChoices, type ComposePart } from './compose-part.ts';
import { asksForest, countsRows, findsBounds, readsValue } from './compose-needs.ts';
import { Part } from './part.tsx';
import css from './privacy.module.css';

const MEASURES = [
  { id: 'count', label: 'Count' },
  { id: 'sum', label: 'Sum' },
  { id: 'mean', label: 'Mean' },
  { id: 'variance', label: 'Variance' },
  { id: 'quantiles', label: 'Quantiles' },
  { id: 'top', label: 'Top groups' },
  { id: 'findBounds', label: 'Bounds of a column' },
  { id: 'findContributions', label: 'Rows per actor' },
  { id: 'forest', label: 'Private forest' },
] as const;
const OF = [
  { id: 'actors', label: 'Different actors' },
  { id: 'events', label: 'Events' },
] as const;
const SOURCES = [
  { id: 'events', label: 'Events' },
  { id: 'actors', label: 'Actors, one row each' },
] as const;

/** What is measured, of what. */
export const ComposeMeasure = ({ form, columns, onChange }: ComposePart) => (
  <Part title="Measure">
    <div className={css.pair}>
      {asksForest(form) ? null : (
        <Select
          label="From"
          value={form.source}
          options={SOURCES}
          onChange={(source) => onChange({ source, of: 'actors', column: '', keys: [], filters: [] })}
        />
      )}
      <Select label="Measure" value={form.measure} options={MEASURES} onChange={(measure) => onChange({ measure })} />
      {readsValue(form) ? (
        <Select
          label="Column"
          value={form.column === '' ? null : form.column}
          options={columnChoices(columns, 'number')}
          onChange={(column) => onChange({ column })}
        />
      ) : countsRows(form) ? (
        <Select
          label="Of"
          value={form.of}
          options={form.source === 'actors' ? OF.slice(0, 1) : OF}
          onChange={(of) => onChange({ of })}
        />
      ) : null}
      {findsBounds(form) ? (
        <TextField
          label="May lie beyond"
          value={form.beyond}
          onChange={(beyond) => onChange({ beyond })}
          description="About groups / ε of the query to come"
        />
      ) : null}
      {form.measure === 'top' ? (
        <TextField label="How many" value={form.most} onChange={(most) => onChange({ most })} />
      ) : null}
      {form.measure === 'quantiles' ? (
        <TextField
          label="Probabilities"
          value={form.probabilities}
          onChange={(probabilities) => onChange({ probabilities })}
          description="With commas between; 0.5 is the median"
        />
      ) : null}
    </div>
    {form.measure === 'quantiles' ? (
      <Checkbox isSelected={form.hasIntervals} onChange={(hasIntervals) => onChange({ hasIntervals })}>
        With an interval of each: takes a part of the cost
      </Checkbox>
    ) : null}
    {findsBounds(form) ? (
      <p className={css.muted}>
        A search for bounds is a release of its own and is paid for. What it finds may be used, and tells how far off
        later releases over the same rows will be.
      </p>
    ) : null}
  </Part>
);
