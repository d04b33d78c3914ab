import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { cx } from './cx.ts';
import { CheckIcon } from './icons.tsx';
import type { Icon } from './icons.tsx';
import { Kbd } from './kbd.tsx';
import css from './menu.module.css';

export type MenuEntry = {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon?: Icon;
  readonly keys?: string;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  /** Given: the entry shows whether it is chosen. */
  readonly isChosen?: boolean;
  readonly run: () => void;
};

/** A list of verbs that opens from its one child, a button. */
export const Menu = ({
  label,
  entries,
  children,
}: {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly children: ReactNode;
}) => (
  <MenuTrigger>
    {children}
    <Popover className={cx(css.popover)} offset={4}>
      <AriaMenu aria-label={label} className={cx(css.list)}>
        {entries.map((entry) => (
          <MenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            isDisabled={entry.isDisabled === true}
            className={cx(css.item, entry.isDanger === true && css.danger)}
            onAction={entry.run}
          >
            {entry.icon === undefined ? null : <entry.icon />}
            <span className={css.label}>
              {entry.label}
              {entry.detail === undefined ? null : <span className={css.detail}>{entry.detail}</span>}
            </span>
            {entry.keys === undefined ? null : <Kbd keys={entry.keys} />}
            {entry.isChosen === undefined ? null : (
              <span className={css.check}>
                {entry.isChosen ? (
                  <>
                    <CheckIcon />
                    <span className="visually-hidden">chosen</span>
                  </>
                ) : null}
              </span>
            )}
          </MenuItem>
        ))}
      </AriaMenu>
    </Popover>
  </MenuTrigger>
);
