import type { Ref } from 'react';
import {
  Button,
  Group,
  Input,
  NumberField as AriaNumberField,
  SearchField as AriaSearchField,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { Caption, common, Notes } from './field-parts.tsx';
import type { FieldProps } from './field-parts.tsx';
import { CloseIcon, ExploreIcon, MinusIcon, PlusIcon } from './icons.tsx';
import css from './field.module.css';

export type TextFieldProps = FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly type?: 'text' | 'password';
  readonly maxLength?: number;
  /** How many rows of text; more than one takes several lines. */
  readonly rows?: number;
  readonly ref?: Ref<HTMLInputElement>;
};

export const TextField = (props: TextFieldProps) => (
  <AriaTextField
    {...common(props)}
    value={props.value}
    onChange={props.onChange}
    type={props.type ?? 'text'}
    {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
  >
    <Caption {...props} />
    {(props.rows ?? 1) > 1 ? (
      <AriaTextArea className={cx(css.text)} rows={props.rows} placeholder={props.placeholder ?? ''} />
    ) : (
      <Group className={cx(css.box)} isInvalid={props.error !== undefined}>
        <Input
          className={cx(css.input)}
          placeholder={props.placeholder ?? ''}
          autoComplete="off"
          spellCheck={false}
          {...(props.ref === undefined ? {} : { ref: props.ref })}
        />
      </Group>
    )}
    <Notes {...props} />
  </AriaTextField>
);

export type NumberFieldProps = FieldProps & {
  /** NaN is empty. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
};

/** A number with a step up and down; `onChange` gets it when it is settled. */
export const NumberField = (props: NumberFieldProps) => (
  <AriaNumberField
    {...common(props)}
    value={props.value}
    onChange={props.onChange}
    formatOptions={{ useGrouping: false, maximumFractionDigits: 12 }}
    {...(props.min === undefined ? {} : { minValue: props.min })}
    {...(props.max === undefined ? {} : { maxValue: props.max })}
    {...(props.step === undefined ? {} : { step: props.step })}
  >
    <Caption {...props} />
    <Group className={cx(css.box)}>
      <Input className={cx(css.input)} />
      <Button slot="decrement" className={cx(css.step)}>
        <MinusIcon size={12} />
      </Button>
      <Button slot="increment" className={cx(css.step)}>
        <PlusIcon size={12} />
      </Button>
    </Group>
    <Notes {...props} />
  </AriaNumberField>
);

export type SearchFieldProps = FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly ref?: Ref<HTMLInputElement>;
};

/** A search that Esc clears. */
export const SearchField = (props: SearchFieldProps) => (
  <AriaSearchField {...common(props)} value={props.value} onChange={props.onChange}>
    {({ isEmpty }) => (
      <>
        <Caption {...props} />
        <Group className={cx(css.box)}>
          <ExploreIcon size={14} className={cx(css.mark)} />
          <Input
            className={cx(css.input)}
            placeholder={props.placeholder ?? ''}
            spellCheck={false}
            {...(props.ref === undefined ? {} : { ref: props.ref })}
          />
          {isEmpty ? null : (
            <Button className={cx(css.step)}>
              <CloseIcon size={12} />
            </Button>
          )}
        </Group>
        <Notes {...props} />
      </>
    )}
  </AriaSearchField>
);
