import { memo, type ReactNode } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { formatPercent, formatScore } from '../../plots/format.ts';
import { formatRange, formatTime } from '../../plots/time.ts';
import { Button, Chip, VERDICTS } from '../../ui/index.ts';
import { NO_FILTER, toggled, type ExploreSearch } from './search.ts';
import type { Explore } from './use-explore.ts';
import { revealed } from '../../format.ts';
import css from './explore.module.css';

type FilterChip = { readonly key: string; readonly text: string; readonly without: Partial<ExploreSearch> };

/** All that narrows the queue, each part removable. */
export const FilterChips = memo(({ run, explore }: { readonly run: RunInfo; readonly explore: Explore }): ReactNode => {
  const chips = filterChips(explore.search, run);
  if (chips.length === 0) return <span className={css.hint}>Everybody. Drag, click or type to narrow the queue.</span>;
  return (
    <>
      <ul className={css.filterChips} aria-label="Filters">
        {chips.map(({ key, text, without }) => (
          <li key={key}>
            <Chip
              tone="accent"
              onRemove={() => explore.patch({ ...without, row: undefined })}
              removeLabel={`Remove filter: ${text}`}
            >
              {text}
            </Chip>
          </li>
        ))}
      </ul>
      <Button kind="quiet" onPress={() => explore.patch(NO_FILTER)}>
        Clear all
      </Button>
    </>
  );
});

/** The parts of a filter in words, and the change that takes each away. */
export const filterChips = (search: ExploreSearch, run: Pick<RunInfo, 'id' | 'features'>): readonly FilterChip[] => {
  const { from, to, scoreFrom, scoreTo, evidence, verdicts, reasons, actions, find, group, rate } = search;
  const labelOf = (feature: string): string => run.features.find((f) => f.name === feature)?.label ?? feature;
  const chips: FilterChip[] = [];
  if (find !== undefined) chips.push({ key: 'find', text: `pseudonym has “${find}”`, without: { find: undefined } });
  if (from !== undefined || to !== undefined) {
    const text =
      from !== undefined && to !== undefined
        ? formatRange({ from, to })
        : from === undefined
          ? `before ${formatTime(to ?? 0)}`
          : `from ${formatTime(from)}`;
    chips.push({ key: 'time', text: `active ${text}`, without: { from: undefined, to: undefined } });
  }
  if (scoreFrom !== undefined) {
    chips.push({ key: 'from', text: `score ≥ ${formatScore(scoreFrom)}`, without: { scoreFrom: undefined } });
  }
  if (scoreTo !== undefined) {
    chips.push({ key: 'to', text: `score ≤ ${formatScore(scoreTo)}`, without: { scoreTo: undefined } });
  }
  if (evidence !== undefined) {
    const text = evidence === 'ok' ? 'ranked' : 'not enough events to rank';
    chips.push({ key: 'evidence', text, without: { evidence: undefined } });
  }
  if (rate !== undefined) {
    const text = `at most ${formatPercent(rate)} ordinary`;
    chips.push({ key: 'rate', text, without: { rate: undefined } });
  }
  if (search.actors !== undefined) {
    chips.push({ key: 'actors', text: `${search.actors.length} listed actors`, without: { actors: undefined } });
  }
  if (group !== undefined) {
    const isOfThis = search.groupRun === undefined || search.groupRun === run.id;
    const text = `twins of group ${group + 1}${isOfThis ? '' : ' of an earlier run'}`;
    chips.push({ key: 'group', text, without: { group: undefined, groupRun: undefined } });
  }
  for (const verdict of verdicts ?? []) {
    const text = VERDICTS[verdict].label.toLowerCase();
    chips.push({ key: `verdict:${verdict}`, text, without: { verdicts: toggled(verdicts, verdict) } });
  }
  for (const reason of reasons ?? []) {
    const text = `because of ${labelOf(reason)}`;
    chips.push({ key: `reason:${reason}`, text, without: { reasons: toggled(reasons, reason) } });
  }
  for (const action of actions ?? []) {
    chips.push({
      key: `action:${action}`,
      text: `did ${revealed(action)}`,
      without: { actions: toggled(actions, action) },
    });
  }
  return chips;
};
