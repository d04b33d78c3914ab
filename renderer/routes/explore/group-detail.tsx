import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { TwinGroup, Verdict } from '../../../core/api/contract.ts';
import { useDecide } from '../../decisions/index.ts';
import { formatChance, formatCount } from '../../plots/format.ts';
import type { TimeRange } from '../../plots/time.ts';
import { RulesIcon } from '../../ui/icons.tsx';
import { useGoRules } from '../use-go-rules.ts';
import { Button, showError, VERDICTS } from '../../ui/index.ts';
import { VERDICT_KEYS } from './decision-box.tsx';
import { GroupLanes } from './group-lanes.tsx';
import { membersBy } from './group-members.ts';
import { ofGroup, sharedHeads, sharedRows } from './group-words.ts';
import css from './groups.module.css';
import { queuePage } from './queue-rows.ts';
import { Members } from './twins.tsx';
import type { Explore } from './use-explore.ts';

const LANES = 60;
const CHIPS = 60;
const MOST_SHARED = 8;
const BY_RANK = { by: 'rank', descending: false } as const;

export type GroupDetailProps = {
  readonly group: TwinGroup;
  readonly span: TimeRange | null;
  readonly explore: Explore;
};

/** One group: what its members share, what they did when, and decisions about all of them. */
export const GroupDetail = ({ group, span, explore }: GroupDetailProps): ReactNode => {
  const { data } = useQuery(queuePage(ofGroup(group), BY_RANK, 0, LANES));
  const rows = data?.rows ?? [];
  return (
    <section className={css.detail} aria-labelledby="group">
      <header className={css.head}>
        <h2 id="group">
          Group {group.place + 1}: {formatCount(group.size)} actors alike in{' '}
          {group.basis === 'events' ? 'when they act' : 'what they do'}
        </h2>
        <p>
          {group.sentence} By chance {formatChance(group.pValue)}.
        </p>
      </header>
      <GroupTools group={group} explore={explore} />
      <div className={css.columns}>
        {span !== null && <GroupLanes key={group.place} rows={rows} size={group.size} span={span} explore={explore} />}
        <div className={css.side}>
          <Shared group={group} />
          <section aria-labelledby="members">
            <h3 id="members">Members</h3>
            <Members
              actors={group.members.slice(0, CHIPS)}
              more={group.size - Math.min(CHIPS, group.members.length)}
              explore={explore}
            />
          </section>
        </div>
      </div>
    </section>
  );
};

/** Decides about all members that nobody decided about, takes that back, or shows them in the queue. */
const GroupTools = ({ group, explore }: Pick<GroupDetailProps, 'group' | 'explore'>): ReactNode => {
  const { decide } = useDecide();
  const goRules = useGoRules();
  const { abuse, benign, unsure } = group.decided;
  const decided = abuse + benign + unsure;
  const open = group.size - decided;
  const decideAll = async (verdict: Verdict | null): Promise<void> => {
    try {
      const verdicts = verdict === null ? (['abuse', 'benign', 'unsure'] as const) : (['none'] as const);
      const actors = await membersBy(group, verdicts);
      if (actors.length > 0) await decide({ actors, verdict });
    } catch (error) {
      showError(error);
    }
  };
  return (
    <div className={css.tools} role="toolbar" aria-label="Group">
      <span>
        {open === 0
          ? 'All are decided'
          : decided === 0
            ? `Mark all ${formatCount(open)}`
            : `Mark the other ${formatCount(open)}`}
      </span>
      {VERDICT_KEYS.map(([verdict]) => (
        <Button
          key={verdict}
          icon={VERDICTS[verdict].icon}
          isDisabled={open === 0}
          label={`Mark ${formatCount(open)} members ${VERDICTS[verdict].label.toLowerCase()}`}
          onPress={() => void decideAll(verdict)}
        >
          {VERDICTS[verdict].label}
        </Button>
      ))}
      <Button kind="quiet" isDisabled={decided === 0} onPress={() => void decideAll(null)}>
        Take back
      </Button>
      <Button icon={RulesIcon} onPress={() => goRules({ group: group.place, run: group.run })}>
        Make a rule
      </Button>
      <span className={css.space} />
      <Button onPress={() => explore.patch({ ...ofGroup(group), view: undefined, row: undefined })}>
        Show in the queue
      </Button>
    </div>
  );
};

const Shared = ({ group }: Pick<GroupDetailProps, 'group'>): ReactNode => {
  const [isAll, setAll] = useState(false);
  const rows = sharedRows(group);
  const [what, members, others] = sharedHeads(group);
  return (
    <div>
      <table className={css.shared}>
        <caption>What they share</caption>
        <thead>
          <tr>
            <th scope="col">{what}</th>
            <th scope="col">{members}</th>
            <th scope="col">{others}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, isAll ? rows.length : MOST_SHARED).map((row) => (
            <tr key={row.label}>
              <th scope="row" title={row.label}>
                {row.label}
              </th>
              <td>
                {row.value}
                <Bar share={row.bars?.value} isOwn />
              </td>
              <td>
                {row.others}
                <Bar share={row.bars?.others} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_SHARED && (
        <Button kind="quiet" onPress={() => setAll(!isAll)}>
          {isAll ? 'Show the strongest' : `Show all ${rows.length}`}
        </Button>
      )}
    </div>
  );
};

const Bar = ({ share, isOwn }: { readonly share: number | undefined; readonly isOwn?: boolean }): ReactNode =>
  share === undefined ? null : (
    <span className={css.track} aria-hidden="true">
      <span className={css.share} data-own={isOwn === true} style={{ width: `${Math.max(1, share * 100)}%` }} />
    </span>
  );
