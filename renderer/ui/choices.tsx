import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components';
import { cx } from './cx.ts';
import { Caption, common, Notes } from './field-parts.tsx';
import type { FieldProps } from './field-parts.tsx';
import { CheckIcon } from './icons.tsx';
import css from './field.module.css';

export type CheckboxProps = {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
  readonly label?: string;
};

export const Checkbox = ({ children, label, isDisabled, ...rest }: CheckboxProps) => (
  <AriaCheckbox
    {...rest}
    isDisabled={isDisabled === true}
    className={cx(css.check)}
    {...(label === undefined ? {} : { 'aria-label': label })}
  >
    <span className={css.tick}>
      <CheckIcon size={12} />
    </span>
    <span>{children}</span>
  </AriaCheckbox>
);

export type RadioGroupProps<T extends string> = FieldProps & {
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly {
    readonly id: T;
    readonly label: string;
    readonly detail?: string;
    readonly isDisabled?: boolean;
  }[];
};

/** One of a few, each with what it means. */
export const RadioGroup = <T extends string>(props: RadioGroupProps<T>) => (
  <AriaRadioGroup
    {...common(props)}
    value={props.value}
    onChange={(next) => {
      const chosen = props.options.find((option) => option.id === next);
      if (chosen !== undefined) props.onChange(chosen.id);
    }}
  >
    <Caption {...props} />
    <div className={css.group}>
      {props.options.map((option) => (
        <Radio key={option.id} value={option.id} isDisabled={option.isDisabled === true} className={cx(css.check)}>
          <span className={cx(css.tick, css.round)} />
          <span>
            {option.label}
            {option.detail === undefined ? null : <span className={cx(css.description)}> {option.detail}</span>}
          </span>
        </Radio>
      ))}
    </div>
    <Notes {...props} />
  </AriaRadioGroup>
);
