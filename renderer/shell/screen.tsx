import type { ReactNode } from 'react';
import { cx } from '../ui/index.ts';
import css from './screen.module.css';

export type ScreenProps = {
  readonly title: string;
  /** One line beside the title. */
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** The body does not scroll; something in it does. */
  readonly isFixed?: boolean;
};

/** A screen: its title and verbs on top, its content below. */
export const Screen = ({ title, about, actions, children, isFixed }: ScreenProps) => (
  <div className={css.screen}>
    <header className={css.bar}>
      <h1>{title}</h1>
      <div className={css.about}>{about}</div>
      {actions}
    </header>
    <div className={cx(css.body, isFixed === true && css.fixed)}>{children}</div>
  </div>
);
