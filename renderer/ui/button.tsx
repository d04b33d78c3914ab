import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { cx } from './cx.ts';
import type { Icon } from './icons.tsx';
import { Tooltip } from './tooltip.tsx';
import css from './button.module.css';

export type ButtonProps = {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly kind?: 'normal' | 'primary' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'large';
  readonly icon?: Icon;
  readonly isDisabled?: boolean;
  readonly isBusy?: boolean;
  readonly type?: 'button' | 'submit';
  readonly autoFocus?: boolean;
  readonly className?: string;
  readonly label?: string;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** A verb to press. `label` replaces the text for those who hear it. */
export const Button = ({
  children,
  kind = 'normal',
  size = 'normal',
  icon: Icon,
  label,
  className,
  ...rest
}: ButtonProps) => (
  <AriaButton
    {...pressable(rest)}
    {...(label === undefined ? {} : { 'aria-label': label })}
    className={cx(css.button, css[kind], size === 'large' && css.large, className)}
  >
    {Icon === undefined ? null : <Icon />}
    {children}
  </AriaButton>
);

export type IconButtonProps = Omit<ButtonProps, 'children' | 'label' | 'icon' | 'size'> & {
  readonly icon: Icon;
  /** What it does: its name and its tooltip. */
  readonly label: string;
  readonly keys?: string;
};

/** A button that shows an icon only; its label is a tooltip. */
export const IconButton = ({ icon: Icon, label, keys, kind = 'quiet', className, ...rest }: IconButtonProps) => (
  <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
    <AriaButton {...pressable(rest)} aria-label={label} className={cx(css.button, css[kind], css.icon, className)}>
      <Icon />
    </AriaButton>
  </Tooltip>
);

// Not react-aria's isPending: what it announces outlives the button and then has no name. The words on the button say that it works.
const pressable = ({
  isBusy,
  onPress,
  ...rest
}: Omit<ButtonProps, 'children' | 'kind' | 'size' | 'icon' | 'label' | 'className'>) => ({
  ...rest,
  ...(onPress === undefined || isBusy === true ? {} : { onPress }),
});
