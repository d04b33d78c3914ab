import type { ReactNode } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import type { Verdict } from '../../core/api/contract.ts';
import { cx } from './cx.ts';
import { AbuseIcon, BenignIcon, CloseIcon, UndecidedIcon, UnsureIcon } from './icons.tsx';
import type { Icon } from './icons.tsx';
import css from './chip.module.css';

export type ChipProps = {
  readonly children: ReactNode;
  readonly tone?: 'normal' | 'accent' | 'warn' | 'danger' | 'ok' | 'abuse' | 'benign' | 'unsure' | 'undecided';
  readonly icon?: Icon;
  /** Makes it a toggle. */
  readonly onPress?: () => void;
  readonly isSelected?: boolean;
  /** Makes it removable; `removeLabel` says what goes. */
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
};

/** A few words on a small ground: a fact, a toggle or a filter that can be removed. */
export const Chip = ({
  children,
  tone = 'normal',
  icon: Icon,
  onPress,
  isSelected,
  onRemove,
  removeLabel,
}: ChipProps) => {
  const inside = (
    <>
      {Icon === undefined ? null : <Icon size={13} />}
      <span className={css.text}>{children}</span>
    </>
  );
  const name = cx(css.chip, css[tone], isSelected === true && css.selected, onRemove && css.removable);
  if (onPress !== undefined) {
    return (
      <ToggleButton className={cx(name, css.pressable)} isSelected={isSelected === true} onChange={onPress}>
        {inside}
      </ToggleButton>
    );
  }
  return (
    <span className={name}>
      {inside}
      {onRemove === undefined ? null : (
        <Button className={cx(css.remove)} aria-label={removeLabel ?? 'Remove'} onPress={onRemove}>
          <CloseIcon size={12} />
        </Button>
      )}
    </span>
  );
};

/** Icon, word and tone of a verdict, the same on every screen. */
export const VERDICTS: Readonly<
  Record<
    Verdict | 'none',
    { readonly label: string; readonly icon: Icon; readonly tone: 'abuse' | 'benign' | 'unsure' | 'undecided' }
  >
> = {
  abuse: { label: 'Abuse', icon: AbuseIcon, tone: 'abuse' },
  benign: { label: 'Benign', icon: BenignIcon, tone: 'benign' },
  unsure: { label: 'Unsure', icon: UnsureIcon, tone: 'unsure' },
  none: { label: 'Undecided', icon: UndecidedIcon, tone: 'undecided' },
};

/** A verdict as a chip; null is undecided. */
export const VerdictChip = ({ verdict }: { readonly verdict: Verdict | null }) => {
  const { label, icon, tone } = VERDICTS[verdict ?? 'none'];
  return (
    <Chip tone={tone} icon={icon}>
      {label}
    </Chip>
  );
};
