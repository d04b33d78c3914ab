import { TextField } from '../../ui/index.ts';
import type { ComposePart } from './compose-part.ts';
import { Part } from './part.tsx';
import css from './privacy.module.css';

/** A forest that may leave: which features it splits on, and where, all of it declared. */
export const ComposeForest = ({ form, columns, onChange }: ComposePart) => {
  const numbers = columns.filter(({ type }) => type === 'number').map(({ name }) => name);
  return (
    <Part title="Forest">
      <p className={css.muted}>
        A model that partners score their own actors with. It splits at random places within the bounds that you
        declare, and counts actors with noise: nothing else of the data goes into it.
      </p>
      <TextField
        label="Features and their bounds, one a line"
        rows={Math.min(12, Math.max(4, form.features.split('\n').length))}
        value={form.features}
        onChange={(features) => onChange({ features })}
        placeholder="event_count: 0, 10, 100, 1000"
        description="Public numbers, never read from the data: lowest, marks between, highest. Splits fall between marks equally often."
      />
      <details className={css.more}>
        <summary>
          {numbers.length === 0 ? 'No feature is there: rank the actors first.' : 'Features that may leave'}
        </summary>
        <p className={css.mono}>{numbers.join(', ')}</p>
      </details>
      <div className={css.pair}>
        <TextField label="Trees" value={form.trees} onChange={(trees) => onChange({ trees })} />
        <TextField
          label="Depth"
          value={form.depth}
          onChange={(depth) => onChange({ depth })}
          description="Each level doubles the counts that noise is added to"
        />
      </div>
    </Part>
  );
};
