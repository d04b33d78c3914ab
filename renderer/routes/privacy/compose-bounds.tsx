import { TextField } from '../../ui/index.ts';
import type { ComposePart } from './compose-part.ts';
import { boundsGroups, boundsRows, readsValue } from './compose-needs.ts';
import { Part } from './part.tsx';
import css from './privacy.module.css';

/** What one actor may contribute: a missing bound is an error, never a default. */
export const ComposeBounds = ({ form, onChange }: Omit<ComposePart, 'columns'>) => {
  if (!boundsGroups(form) && !boundsRows(form) && !readsValue(form)) {
    return (
      <Part title="What one actor may contribute">
        <p>An actor counts once: there is nothing to bound.</p>
      </Part>
    );
  }
  return (
    <Part title="What one actor may contribute">
      <p className={css.muted}>
        What goes beyond is left out by a random choice. Tight bounds mean less noise. Nothing here is read from the
        data.
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
        {readsValue(form) ? <Values form={form} onChange={onChange} /> : null}
      </div>
    </Part>
  );
};

const Values = ({ form, onChange }: Omit<ComposePart, 'columns'>) => (
  <>
    <TextField
      label="Lowest value"
      value={form.low}
      onChange={(low) => onChange({ low })}
      placeholder="such as 0"
      description="What is below counts as this"
    />
    <TextField
      label="Highest value"
      value={form.high}
      onChange={(high) => onChange({ high })}
      placeholder="such as 100"
      description="What is above counts as this"
    />
    <TextField
      label="Step of the grid"
      value={form.step}
      onChange={(step) => onChange({ step })}
      placeholder="such as 1"
      description="Values are rounded to it"
    />
  </>
);
