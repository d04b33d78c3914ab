import type { ReactNode } from 'react';
import { Group, Panel, Separator, type Layout } from 'react-resizable-panels';
import { useMedia } from '../../ui/index.ts';
import css from './explore.module.css';
import type { Explore } from './use-explore.ts';

export type PanelsProps = {
  readonly explore: Explore;
  /** Without times the overview folds away. */
  readonly hasTimes: boolean;
  readonly top: ReactNode;
  readonly overview: ReactNode;
  readonly side: ReactNode;
  readonly queue: ReactNode;
  /** In place of overview, side and queue; null shows these. */
  readonly instead: ReactNode;
  readonly inspector: ReactNode;
};

/** Where the parts of the screen stand, and how large each is; the sizes go into the address. */
export const Panels = (props: PanelsProps): ReactNode =>
  useMedia(NARROW) ? <Stacked {...props} /> : <SideBySide {...props} />;

/** Of the window: below it queue and inspector have no room beside each other. */
const NARROW = '(width < 960px)';

const Stacked = ({ top, instead, queue, inspector, hasTimes, overview, side }: PanelsProps): ReactNode => (
  <div className={css.stack}>
    {top}
    <div className={css.stackedWork}>{instead ?? queue}</div>
    {inspector}
    {instead === null && hasTimes ? <div className={css.stackedWork}>{overview}</div> : null}
    {instead === null ? side : null}
  </div>
);

const SideBySide = (props: PanelsProps): ReactNode => {
  const { search, patch } = props.explore;
  const sizes = search.panels ?? {};
  const keep = (layout: Layout): void => {
    const rounded = Object.fromEntries(Object.entries(layout).map(([id, size]) => [id, Math.round(size * 10) / 10]));
    const next = { ...sizes, ...rounded };
    if (JSON.stringify(next) !== JSON.stringify(sizes)) patch({ panels: next }, 'replace');
  };
  const group = (ids: readonly string[]) => {
    const known = ids.every((id) => sizes[id] !== undefined);
    return {
      ...(known ? { defaultLayout: Object.fromEntries(ids.map((id) => [id, sizes[id] ?? 0])) } : {}),
      onLayoutChanged: (layout: Layout, meta: { readonly isUserInteraction: boolean }) => {
        if (meta.isUserInteraction) keep(layout);
      },
    };
  };
  const below = (
    <Group orientation="horizontal" {...group(['side', 'queue'])}>
      <Panel id="side" defaultSize={212} minSize={190} groupResizeBehavior="preserve-pixel-size">
        {props.side}
      </Panel>
      <Separator className={css.handleX} aria-label="Width of the filters" />
      <Panel id="queue" minSize={380}>
        {props.queue}
      </Panel>
    </Group>
  );
  return (
    <Group orientation="horizontal" className={css.panels} {...group(['work', 'inspector'])}>
      <Panel id="work" minSize={560}>
        <div className={css.work}>
          {props.top}
          {props.instead !== null ? (
            props.instead
          ) : props.hasTimes ? (
            <Group orientation="vertical" {...group(['overview', 'below'])}>
              <Panel id="overview" defaultSize="44%" minSize={120} collapsible>
                {props.overview}
              </Panel>
              <Separator className={css.handleY} aria-label="Height of the time panels" />
              <Panel id="below" minSize={160}>
                {below}
              </Panel>
            </Group>
          ) : (
            below
          )}
        </div>
      </Panel>
      <Separator className={css.handleX} aria-label="Width of the inspector" />
      <Panel id="inspector" defaultSize={344} minSize={300} collapsible groupResizeBehavior="preserve-pixel-size">
        {props.inspector}
      </Panel>
    </Group>
  );
};
