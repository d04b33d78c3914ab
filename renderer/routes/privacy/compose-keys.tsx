import type { OpenColumn } from '../../../core/api/contract.ts';
import { CloseIcon, PlusIcon } from '../../ui/icons.tsx';
import { Button, Checkbox, IconButton, Select, TextField } from '../../ui/index.ts';
import { columnChoices, type ComposePart } from './compose-part.ts';
import { mayTotal } from './compose-needs.ts';
import { NEW_KEY, type ComposedKey } from './composed.ts';
import { Part } from './part.tsx';
import css from './privacy.module.css';

const HOW = {
  text: [
    { id: 'keys', label: 'Declared keys' },
    { id: 'unknown', label: 'Unknown: the mechanism chooses' },
  ],
  number: [{ id: 'bins', label: 'Declared bins' }],
  time: [{ id: 'time', label: 'Bins of time' }],
} as const satisfies Record<OpenColumn['type'], readonly { id: ComposedKey['how']; label: string }[]>;
const MOST_KEYS = 3;

/** By what it is grouped, and which groups there are. */
export const ComposeKeys = ({ form, columns, onChange }: ComposePart) => {
  const change = (place: number, part: Partial<ComposedKey>): void =>
    onChange({ keys: form.keys.map((key, i) => (i === place ? { ...key, ...part } : key)) });
  const typeOf = (name: string) => columns.find((each) => each.name === name)?.type ?? 'text';
  return (
    <Part title="Grouped by">
      {form.keys.map((key, place) => (
        <div key={`${place}`} className={css.card}>
          <div className={css.cardHead}>
            <Select
              label={`Key ${place + 1}`}
              value={key.column === '' ? null : key.column}
              options={columnChoices(columns)}
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
          <Groups of={key} onChange={(part) => change(place, part)} />
          {mayTotal(form) && (key.how === 'keys' || key.how === 'time') ? (
            <Checkbox isSelected={key.hasTotal} onChange={(hasTotal) => change(place, { hasTotal })}>
              With the total of all, adding up
            </Checkbox>
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
    </Part>
  );
};

const EVERY = [
  { id: 'hour', label: 'Hour' },
  { id: 'day', label: 'Day' },
  { id: 'week', label: 'Week' },
] as const;

/** The groups of one key, written down: none is read from the data. */
const Groups = ({
  of: { how, text, every, from, to },
  onChange,
}: {
  readonly of: ComposedKey;
  readonly onChange: (part: Partial<ComposedKey>) => void;
}) => {
  switch (how) {
    case 'unknown':
      return (
        <p className={css.muted}>
          Groups come from the data, and only those with enough actors are shown. It takes a δ above 0.
        </p>
      );
    case 'keys':
      return (
        <TextField
          label="Declared keys, one a line"
          rows={Math.min(12, Math.max(3, text.split('\n').length))}
          value={text}
          onChange={(changed) => onChange({ text: changed })}
          description="Public values that you write; none is read from the data."
        />
      );
    case 'bins':
      return (
        <TextField
          label="Edges of bins"
          value={text}
          onChange={(changed) => onChange({ text: changed })}
          description="With commas between, such as 0, 10, 100"
        />
      );
    case 'time':
      return (
        <div className={css.triple}>
          <Select label="Every" value={every} options={EVERY} onChange={(changed) => onChange({ every: changed })} />
          <TextField
            label="From (UTC)"
            value={from}
            onChange={(changed) => onChange({ from: changed })}
            placeholder="2026-01-01"
          />
          <TextField
            label="To (UTC)"
            value={to}
            onChange={(changed) => onChange({ to: changed })}
            placeholder="2026-02-01"
          />
        </div>
      );
  }
};
