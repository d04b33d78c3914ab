import { useCallback, useLayoutEffect, useRef, type ReactNode } from 'react';
import { CATALOGUE, type GalleryEntry } from '../../plots/catalogue.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { SwimLane } from '../../plots/swim-lane-canvas.tsx';
import { swimLaneExample, tableOfSwimLane } from '../../plots/swim-lane.ts';
import { cssName, THEMES, type ThemeName, type Tokens } from '../../theme/tokens.ts';
import css from './gallery.module.css';

/** Every plot with its example, in the light and the dark theme side by side, each with its table twin. */
export const GalleryScreen = (): ReactNode => (
  <div className={css.gallery} tabIndex={0} role="region" aria-label="Gallery of plots">
    <h1>Gallery</h1>
    <p className={css.lead}>
      Every plot of Nightjar with made-up numbers, in the light and the dark theme. The button at the upper right of
      each shows the same numbers as a table.
    </p>
    <div className={css.themes}>
      <Themed name="light" />
      <Themed name="dark" />
    </div>
  </div>
);

const Themed = ({ name }: { readonly name: ThemeName }): ReactNode => {
  const frame = useRef<HTMLDivElement>(null);
  const tokens = THEMES[name];
  useLayoutEffect(() => {
    for (const [token, value] of entriesOf(tokens)) frame.current?.style.setProperty(cssName(token), value);
  }, [tokens]);
  return (
    <div ref={frame} className={css.theme} style={{ colorScheme: name === 'light' ? 'light' : 'dark' }}>
      <h2>{name === 'light' ? 'Light' : 'Dark'}</h2>
      <Figure title="Who, when (canvas)" twin={() => tableOfSwimLane(swimLaneExample)}>
        <SwimLane data={swimLaneExample} size={LANES} labelWidth={112} rowHeight={14} colours={tokens} />
      </Figure>
      {CATALOGUE.map((entry) => (
        <Entry key={entry.name} entry={entry} />
      ))}
    </div>
  );
};

const LANES = { width: 520, height: 150 } as const;

const Entry = ({ entry }: { readonly entry: GalleryEntry }): ReactNode => {
  const draw = useCallback(() => entry.draw(), [entry]);
  return (
    <Figure title={entry.title} twin={entry.twin}>
      <Chart draw={draw} />
    </Figure>
  );
};

const entriesOf = (tokens: Tokens): [keyof Tokens, string][] =>
  Object.entries(tokens).filter((entry): entry is [keyof Tokens, string] => entry[0] in tokens);
