import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import { cx } from './cx.ts';
import css from './progress.module.css';

/** How far something is: `share` from 0 to 1, null while nobody knows. */
export const ProgressBar = ({ label, share }: { readonly label: string; readonly share: number | null }) => (
  <AriaProgressBar aria-label={label} value={(share ?? 0) * 100} isIndeterminate={share === null}>
    <div className={css.track}>
      <div
        className={cx(css.fill, share === null && css.unknown)}
        style={share === null ? {} : { width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
      />
    </div>
  </AriaProgressBar>
);
