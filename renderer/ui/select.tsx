import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { cx } from './cx.ts';
import { CheckIcon, ChevronDownIcon } from './icons.tsx';
import css from './field.module.css';
import list from './menu.module.css';

export type SelectOption<T extends string> = { readonly id: T; readonly label: string; readonly detail?: string };

export type SelectProps<T extends string> = {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly options: readonly SelectOption<T>[];
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  /** `dense`: 24 px for table cells, without an outline until it is pointed at. */
  readonly size?: 'normal' | 'dense';
  readonly className?: string;
};

/** One of many, in a list that opens. */
export const Select = <T extends string>({
  label,
  isLabelHidden,
  value,
  onChange,
  options,
  ...rest
}: SelectProps<T>) => (
  <AriaSelect
    className={cx(css.field, rest.className)}
    value={value}
    onChange={(key) => {
      const chosen = options.find((option) => option.id === key);
      if (chosen !== undefined && chosen.id !== value) onChange(chosen.id);
    }}
    placeholder={rest.placeholder ?? 'Choose'}
    isDisabled={rest.isDisabled === true}
  >
    <Label className={isLabelHidden === true ? 'visually-hidden' : cx(css.label)}>{label}</Label>
    <Button className={cx(css.box, rest.size === 'dense' && css.dense, rest.size === 'dense' && css.bare)}>
      <SelectValue className={cx(css.value)}>
        {({ isPlaceholder, defaultChildren }) =>
          isPlaceholder ? defaultChildren : options.find((option) => option.id === value)?.label
        }
      </SelectValue>
      <ChevronDownIcon size={12} className={cx(css.chevron)} />
    </Button>
    <Popover className={cx(list.popover)} offset={4}>
      <ListBox className={cx(list.list)} items={options.map((option) => ({ ...option }))}>
        {(option) => (
          <ListBoxItem id={option.id} textValue={option.label} className={cx(list.item)}>
            {({ isSelected }) => (
              <>
                <span className={list.label}>
                  {option.label}
                  {option.detail === undefined ? null : <span className={list.detail}>{option.detail}</span>}
                </span>
                <span className={list.check}>{isSelected ? <CheckIcon /> : null}</span>
              </>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  </AriaSelect>
);
