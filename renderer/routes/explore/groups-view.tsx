import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RunInfo, TwinGroup } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { formatChance, formatCount } from '../../plots/format.ts';
import type { TimeRange } from '../../plots/time.ts';
import { VirtualGrid, type GridColumn } from '../../table/index.ts';
import { Button, EmptyState, ErrorState, LoadingState, VERDICTS } from '../../ui/index.ts';
import { AlikeIcon } from '../../ui/icons.tsx';
import { GroupDetail } from './group-detail.tsx';
import css from './groups.module.css';
import { groupPlaces } from './group-words.ts';
import type { Explore } from './use-explore.ts';

export type GroupsViewProps = {
  readonly run: RunInfo;
  readonly span: TimeRange | null;
  readonly explore: Explore;
};

/** Groups of actors who are more alike than chance explains: the list, and the one that is looked at. */
export const GroupsView = ({ run, span, explore }: GroupsViewProps): ReactNode => {
  const { search, patch } = explore;
  const { data: groups, error, refetch } = useQuery(api.explore.groups.queryOptions());
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (groups === undefined) return <LoadingState label="Reading the groups" />;
  if (groups.length === 0) return <NoGroups run={run} onBack={() => patch({ view: undefined })} />;
  const index = Math.max(0, groupPlaces(groups).indexOf(search.twins ?? -1));
  const group = groups[index];
  return (
    <div className={css.groups}>
      <div className={css.list} style={{ height: HEAD_PX + ROW_PX * groups.length }}>
        <VirtualGrid
          className={css.grid ?? ''}
          label="Groups of twins"
          columns={COLUMNS}
          rowCount={groups.length}
          getRow={(row) => groups[row]}
          selectedIndex={index}
          onSelect={(row) => patch({ twins: groups[row]?.place }, 'replace')}
          onOpen={(row) => {
            const actor = groups[row]?.members[0];
            if (actor !== undefined) patch({ actor });
          }}
        />
      </div>
      {group !== undefined && <GroupDetail key={group.place} group={group} span={span} explore={explore} />}
    </div>
  );
};

const HEAD_PX = 30;
const ROW_PX = 28;

const NoGroups = (props: { readonly run: RunInfo; readonly onBack: () => void }): ReactNode => (
  <EmptyState
    icon={AlikeIcon}
    title={props.run.detectors.includes('lockstep') ? 'Nobody is in lockstep' : 'Lockstep did not run'}
    actions={<Button onPress={props.onBack}>Back to the queue</Button>}
  >
    {props.run.detectors.includes('lockstep')
      ? 'No actors are more alike than chance explains, neither in what they do nor in when they do it.'
      : 'Rank again with the detector Lockstep to find actors who hide by being alike.'}
  </EmptyState>
);

const COLUMNS: readonly GridColumn<TwinGroup>[] = [
  { id: 'place', header: '#', label: 'Group', width: '44px', align: 'end', cell: (group) => group.place + 1 },
  { id: 'size', header: 'Actors', width: '64px', align: 'end', cell: (group) => formatCount(group.size) },
  {
    id: 'basis',
    header: 'Alike in',
    width: '104px',
    cell: (group) => (group.basis === 'events' ? 'when they act' : 'what they do'),
  },
  {
    id: 'sentence',
    header: 'In words',
    width: 'minmax(120px, 1fr)',
    cell: (group) => (
      <span className={css.words} title={group.sentence}>
        {group.sentence}
      </span>
    ),
  },
  { id: 'chance', header: 'By chance', width: '104px', align: 'end', cell: (group) => formatChance(group.pValue) },
  { id: 'decided', header: 'Decided', width: '132px', cell: (group) => <Decided group={group} /> },
];

const Decided = ({ group: { decided } }: { readonly group: TwinGroup }): ReactNode => {
  const some = (['abuse', 'benign', 'unsure'] as const).filter((verdict) => decided[verdict] > 0);
  if (some.length === 0) return <span className={css.muted}>nobody</span>;
  return (
    <span className={css.decided}>
      {some.map((verdict) => {
        const { icon: Icon, label, tone } = VERDICTS[verdict];
        return (
          <span key={verdict} data-tone={tone} title={label}>
            <Icon size={13} />
            <span className="visually-hidden">{label}</span> {formatCount(decided[verdict])}
          </span>
        );
      })}
    </span>
  );
};
