import type { ReactNode } from 'react';
import type { TwinGroup } from '../../../core/api/contract.ts';
import { formatChance, formatCount } from '../../plots/format.ts';
import { Button } from '../../ui/index.ts';
import css from './explore.module.css';
import { ofGroup } from './group-words.ts';
import type { Explore } from './use-explore.ts';

const MOST = 12;

/** The groups of twins an actor belongs to: what they have in common, and the others, each one click away. */
export const Twins = (props: {
  readonly actor: string;
  readonly groups: readonly TwinGroup[];
  readonly explore: Explore;
}): ReactNode => {
  const { actor, groups, explore } = props;
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="twins" className={css.twins}>
      <h3 id="twins" className={css.section}>
        Twins
      </h3>
      {groups.map((group) => {
        const others = group.members.filter((member) => member !== actor);
        return (
          <div key={group.place} className={css.twinGroup}>
            <p className={css.sentence}>{group.sentence}</p>
            <p className={css.hint}>By chance {formatChance(group.pValue)}.</p>
            <Members
              actors={others.slice(0, MOST)}
              more={group.size - 1 - Math.min(MOST, others.length)}
              explore={explore}
            />
            <div className={css.twinTools}>
              <Button onPress={() => explore.patch({ ...ofGroup(group), view: undefined, row: undefined })}>
                Show all {formatCount(group.size)} in the queue
              </Button>
              <Button kind="quiet" onPress={() => explore.patch({ view: 'groups', twins: group.place })}>
                Open group {group.place + 1}
              </Button>
            </div>
          </div>
        );
      })}
    </section>
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
