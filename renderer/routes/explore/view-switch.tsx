import type { ReactNode } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { formatCount } from '../../plots/format.ts';
import css from './explore.module.css';
import type { Explore } from './use-explore.ts';

/** Queue or groups in the middle of the screen. */
export const ViewSwitch = ({ run, explore }: { readonly run: RunInfo; readonly explore: Explore }): ReactNode => {
  const { search, patch } = explore;
  const isGroups = search.view === 'groups';
  return (
    <div className={css.views} role="group" aria-label="View">
      <button type="button" aria-pressed={!isGroups} onClick={() => patch({ view: undefined })}>
        Queue
      </button>
      <button
        type="button"
        aria-pressed={isGroups}
        title="Groups of twins (t)"
        onClick={() => patch({ view: 'groups' })}
      >
        Groups <span className={css.muted}>{formatCount(run.groups)}</span>
      </button>
    </div>
  );
};
