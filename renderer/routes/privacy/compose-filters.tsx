import { CloseIcon, PlusIcon } from '../../ui/icons.tsx';
import { Button, IconButton, Select, TextField } from '../../ui/index.ts';
import { columnChoices, type ComposePart } from './compose-part.ts';
import type { ComposedFilter } from './composed.ts';
import { Part } from './part.tsx';
import css from './privacy.module.css';

const OPS = [
  { id: '=', label: 'is' },
  { id: 'in', label: 'is one of' },
  { id: '<', label: 'is below' },
  { id: '<=', label: 'is at most' },
  { id: '>', label: 'is above' },
  { id: '>=', label: 'is at least' },
] as const satisfies readonly { id: ComposedFilter['op']; label: string }[];

/** Of which rows: all conditions together. */
export const ComposeFilters = ({ form, columns, onChange }: ComposePart) => {
  const change = (place: number, part: Partial<ComposedFilter>): void =>
    onChange({ filters: form.filters.map((each, i) => (i === place ? { ...each, ...part } : each)) });
  return (
    <Part title="Only rows where">
      {form.filters.map((filter, place) => (
        <div key={`${place}`} className={css.filter}>
          <Select
            label="Column"
            value={filter.column === '' ? null : filter.column}
            options={columnChoices(columns)}
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
          <TextField
            label={filter.op === 'in' ? 'Values, with commas' : 'Value'}
            value={filter.value}
            onChange={(value) => change(place, { value })}
          />
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
    </Part>
  );
};
