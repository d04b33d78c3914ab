import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { cx } from './cx.ts';
import css from './field.module.css';

/** What every field has. */
export type FieldProps = {
  /** What it asks for; `isLabelHidden` keeps it for those who hear it only. */
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly description?: ReactNode;
  readonly error?: string;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly className?: string;
};

/** The label of a field. */
export const Caption = ({ label, isLabelHidden }: Pick<FieldProps, 'label' | 'isLabelHidden'>) => (
  <Label className={isLabelHidden === true ? 'visually-hidden' : cx(css.label)}>{label}</Label>
);

/** What stands below a field. */
export const Notes = ({ description, error }: Pick<FieldProps, 'description' | 'error'>) => (
  <>
    {description === undefined ? null : (
      <Text slot="description" className={cx(css.description)}>
        {description}
      </Text>
    )}
    {error === undefined ? null : <FieldError className={cx(css.error)}>{error}</FieldError>}
  </>
);

/** Properties that every field of react-aria takes. */
export const common = ({ error, isDisabled, autoFocus, className }: FieldProps) => ({
  isInvalid: error !== undefined,
  isDisabled: isDisabled === true,
  autoFocus: autoFocus === true,
  className: cx(css.field, className),
});
