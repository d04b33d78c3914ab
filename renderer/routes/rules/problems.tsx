import type { ReactNode } from 'react';
import type { RuleDiagnostic } from '../../../core/api/contract.ts';
import { WarnIcon } from '../../ui/icons.tsx';
import { cx } from '../../ui/index.ts';
import css from './rules.module.css';

/** What is wrong with the text, each with what to do; a press goes there. */
export const Problems = (props: {
  readonly of: readonly RuleDiagnostic[];
  readonly onGoTo: (offset: number) => void;
}): ReactNode => (
  <ul className={css.problems} aria-label="Problems">
    {props.of.map((fault, i) => (
      <li key={i}>
        <button type="button" className={cx(css.problem, css[fault.severity])} onClick={() => props.onGoTo(fault.from)}>
          <WarnIcon size={14} />
          <span>
            <span className={css.place}>
              {fault.severity === 'error' ? 'Error' : 'Warning'} {fault.line}:{fault.column}
            </span>{' '}
            {fault.message} <span className={css.muted}>{fault.hint}</span>
          </span>
        </button>
      </li>
    ))}
  </ul>
);
