import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { toProblem } from '../problem.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { BenignIcon, InfoIcon, WarnIcon } from './icons.tsx';
import type { Icon } from './icons.tsx';
import { ProgressBar } from './progress-bar.tsx';
import css from './states.module.css';

export type EmptyStateProps = {
  readonly icon?: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  /** What to do next. */
  readonly actions?: ReactNode;
};

/** Nothing here yet, why, and what to do about it. */
export const EmptyState = ({ icon: Icon = InfoIcon, title, children, actions }: EmptyStateProps) => (
  <div className={css.state}>
    <span className={css.mark}>
      <Icon size={20} />
    </span>
    <h2>{title}</h2>
    {children === undefined ? null : <div className={css.text}>{children}</div>}
    {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
  </div>
);

/** Work under way; nothing at all for the first 100 ms, so that what is quick does not flicker. */
export const LoadingState = ({ label, children }: { readonly label: string; readonly children?: ReactNode }) => {
  const isShown = useLater(100);
  return (
    <div className={css.state} role="status">
      {isShown ? (
        <>
          <div className={css.text}>{label}</div>
          <div style={{ width: 180 }}>
            <ProgressBar label={label} share={null} />
          </div>
          {children}
        </>
      ) : null}
    </div>
  );
};

/** True from `ms` milliseconds after the first render on. */
const useLater = (ms: number): boolean => {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isLater;
};

export type ErrorStateProps = {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly actions?: ReactNode;
};

/** What failed, where, and what to do next, in place of what was to be shown. */
export const ErrorState = ({ error, onRetry, actions }: ErrorStateProps) => {
  const problem = toProblem(error);
  return (
    <div className={css.state} role="alert">
      <span className={cx(css.mark, css.failed)}>
        <WarnIcon size={20} />
      </span>
      <h2>{problem.message}</h2>
      {problem.where === undefined ? null : <div className={css.where}>{problem.where}</div>}
      {problem.next === undefined ? null : <div className={css.text}>{problem.next}</div>}
      <div className={css.actions}>
        {onRetry === undefined ? null : <Button onPress={onRetry}>Try again</Button>}
        {actions}
      </div>
    </div>
  );
};

const MARKS: Readonly<Record<'danger' | 'warn' | 'ok' | 'info', Icon>> = {
  danger: WarnIcon,
  warn: WarnIcon,
  ok: BenignIcon,
  info: InfoIcon,
};

export type NoticeProps = {
  readonly tone: 'danger' | 'warn' | 'ok' | 'info';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
};

/** A few sentences among other content: a warning, a failure, a success. */
export const Notice = ({ tone, children, actions }: NoticeProps) => {
  const Mark = MARKS[tone];
  return (
    <div className={cx(css.inline, css[tone])} role={tone === 'danger' ? 'alert' : 'status'}>
      <Mark className={cx(css.inlineMark)} />
      <div className={css.inlineBody}>{children}</div>
      {actions}
    </div>
  );
};

/** An error among other content. */
export const ErrorNotice = ({ error, actions }: { readonly error: unknown; readonly actions?: ReactNode }) => {
  const problem = toProblem(error);
  return (
    <Notice tone="danger" actions={actions}>
      <strong>{problem.message}</strong>
      {problem.where === undefined ? null : <span>{problem.where}</span>}
      {problem.next === undefined ? null : <span>{problem.next}</span>}
    </Notice>
  );
};
