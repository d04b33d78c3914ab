import type { ReactNode, Ref } from 'react';
import {
  Button,
  Checkbox as AriaCheckbox,
  FieldError,
  Group,
  Input,
  Label,
  NumberField as AriaNumberField,
  Radio,
  RadioGroup as AriaRadioGroup,
  SearchField as AriaSearchField,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { CheckIcon, CloseIcon, ExploreIcon, MinusIcon, PlusIcon } from './icons.tsx';
import css from './field.module.css';

type FieldProps = {
  /** What it asks for; `isLabelHidden` keeps it for those who hear it only. */
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly description?: ReactNode;
  readonly error?: string;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly className?: string;
};

const Caption = ({ label, isLabelHidden }: Pick<FieldProps, 'label' | 'isLabelHidden'>) => (
  <Label className={isLabelHidden === true ? 'visually-hidden' : cx(css.label)}>{label}</Label>
);

const Notes = ({ description, error }: Pick<FieldProps, 'description' | 'error'>) => (
  <>
    {description === undefined ? null : (
      <Text slot="description" className={cx(css.description)}>
        {description}
      </Text>
    )}
    {error === undefined ? null : <FieldError className={cx(css.error)}>{error}</FieldError>}
  </>
);

const common = ({ error, isDisabled, autoFocus, className }: FieldProps) => ({
  isInvalid: error !== undefined,
  isDisabled: isDisabled === true,
  autoFocus: autoFocus === true,
  className: cx(css.field, className),
});

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
