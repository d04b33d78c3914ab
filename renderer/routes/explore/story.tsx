import type { ReactNode } from 'react';
import type { ActorDetail } from '../../../core/api/contract.ts';
import { formatCount } from '../../plots/format.ts';
import { Chip } from '../../ui/index.ts';
import { LEADS } from './cells.tsx';
import css from './explore.module.css';
import { revealed } from '../../format.ts';
import type { Lead } from './queue-rows.ts';

/** The actor in one sentence. Room is kept while it is on its way. */
export const Story = ({ detail }: { readonly detail: ActorDetail | undefined }): ReactNode => {
  const story = detail?.story ?? null;
  if (detail !== undefined && story === null) return null;
  return (
    <p className={css.summary} aria-busy={detail === undefined}>
      {revealed(story?.summary ?? '')}
    </p>
  );
};

/** Which evidence speaks louder, by odd and alike; null where the run does not say. */
export const leadOf = ({ odd, alike }: Pick<ActorDetail, 'odd' | 'alike'>): Lead | null => {
  if (odd === null && alike === null) return null;
  return (alike ?? -1) > (odd ?? -1) ? 'alike' : 'odd';
};

/** Odd or alike, as a chip. */
export const LeadChip = ({ lead }: { readonly lead: Lead | null }): ReactNode =>
  lead === null ? null : (
    <span title={LEADS[lead].title}>
      <Chip icon={LEADS[lead].icon}>{lead === 'odd' ? 'Odd' : 'Alike'}</Chip>
    </span>
  );

/** Place in the order that verdicts make, and why. */
export const AfterVerdicts = ({ detail }: { readonly detail: ActorDetail | undefined }): ReactNode => {
  const feedback = detail?.feedback ?? null;
  if (detail === undefined || feedback === null) return null;
  return (
    <p className={css.hint}>
      After verdicts: #{formatCount(feedback.rank)}
      {feedback.rank === detail.rank ? ' as before' : ` (was #${formatCount(detail.rank)})`}
      {feedback.why === null ? '.' : `. ${feedback.why}`}
    </p>
  );
};
