import { TextField } from '../../ui/index.ts';
import type { ComposePart } from './compose-part.ts';
import { boundsGroups, boundsRows, readsValue } from './compose-needs.ts';
import { Part } from './part.tsx';
import css from './privacy.module.css';

/** What one actor may contribute: a missing bound is an error, never a default. */
export const ComposeBounds = ({ form, onChange }: Omit<ComposePart, 'columns'>) => {
  if (!FIELDS.some(({ isAsked }) => isAsked(form))) {
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
        {FIELDS.filter(({ isAsked }) => isAsked(form)).map(({ part, label, example, meaning }) => (
          <TextField
            key={part}
            label={label}
            value={form[part]}
            onChange={(value) => onChange({ [part]: value })}
            placeholder={`such as ${example}`}
            description={meaning}
          />
        ))}
      </div>
    </Part>
  );
};

/** The bounds a person writes, with an example that is no default. */
const FIELDS = [
  { part: 'groupsPerActor', label: 'Groups per actor', example: 3, meaning: undefined, isAsked: boundsGroups },
  { part: 'rowsPerGroup', label: 'Rows per group', example: 20, meaning: undefined, isAsked: boundsRows },
  { part: 'low', label: 'Lowest value', example: 0, meaning: 'What is below counts as this', isAsked: readsValue },
  { part: 'high', label: 'Highest value', example: 100, meaning: 'What is above counts as this', isAsked: readsValue },
  { part: 'step', label: 'Step of the grid', example: 1, meaning: 'Values are rounded to it', isAsked: readsValue },
] as const;
