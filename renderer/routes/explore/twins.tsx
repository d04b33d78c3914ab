import { Fragment, type ReactNode } from 'react';
import type { TwinGroup } from '../../../core/api/contract.ts';
import { formatChance, formatCount } from '../../plots/format.ts';
import { Button } from '../../ui/index.ts';
import css from './explore.module.css';
import { bySameMembers, ofGroup } from './group-words.ts';
import type { Explore } from './use-explore.ts';

const MOST = 12;

export type TwinsProps = {
  readonly actor: string;
  readonly groups: readonly TwinGroup[];
  readonly explore: Explore;
};

/** The groups of twins an actor belongs to: what they have in common, and the others, each one click away. */
export const Twins = ({ actor, groups, explore }: TwinsProps): ReactNode => {
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="twins" className={css.twins}>
      <h3 id="twins" className={css.section}>
        Twins
      </h3>
      {bySameMembers(groups).map((same) => (
        <TwinsTold key={same[0]?.place} actor={actor} groups={same} explore={explore} />
      ))}
    </section>
  );
};

/** What the same members have in common, in each way that was found, and who they are, once. */
const TwinsTold = ({ actor, groups, explore }: TwinsProps): ReactNode => {
  const [first] = groups;
  if (first === undefined) return null;
  const others = first.members.filter((member) => member !== actor);
  return (
    <div className={css.twinGroup}>
      {groups.map((group) => (
        <Fragment key={group.place}>
          <p className={css.sentence}>{group.sentence}</p>
          <p className={css.hint}>By chance {formatChance(group.pValue)}.</p>
        </Fragment>
      ))}
      <Members actors={others.slice(0, MOST)} more={first.size - 1 - Math.min(MOST, others.length)} explore={explore} />
      <div className={css.twinTools}>
        <Button onPress={() => explore.patch({ ...ofGroup(first), view: undefined, row: undefined })}>
          Show all {formatCount(first.size)} in the queue
        </Button>
        {groups.map(({ place }) => (
          <Button key={place} kind="quiet" onPress={() => explore.patch({ view: 'groups', twins: place })}>
            Open group {place + 1}
          </Button>
        ))}
      </div>
    </div>
  );
};

/** Actors as chips; a click opens one. */
export const Members = (props: {
  readonly actors: readonly string[];
  /** How many more there are. */
  readonly more: number;
  readonly explore: Explore;
}): ReactNode => {
  const { actors, more, explore } = props;
  return (
    <ul className={css.members} aria-label="Members">
      {actors.map((actor) => (
        <li key={actor}>
          <button
            type="button"
            className={css.member}
            aria-pressed={explore.search.actor === actor}
            title={`Open ${actor}`}
            onClick={() => explore.patch({ actor })}
          >
            {actor}
          </button>
        </li>
      ))}
      {more > 0 && <li className={css.hint}>and {formatCount(more)} more</li>}
    </ul>
  );
};
