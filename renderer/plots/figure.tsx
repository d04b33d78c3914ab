import { useId, useState, type ReactNode } from 'react';
import { TwinTable } from './twin-table.tsx';
import type { TwinTable as Table } from './twin.ts';
import styles from './plots.module.css';

export type FigureProps = {
  readonly title: ReactNode;
  /** Of its heading: 3, unless it stands right below the screen's own. */
  readonly level?: 2 | 3;
  /** A few numbers beside the title. */
  readonly aside?: ReactNode;
  /** Further controls, left of the table switch. */
  readonly tools?: ReactNode;
  readonly twin: () => Table;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** A plot under its title, with the switch that shows the same numbers as a table. */
export const Figure = ({ title, level = 3, aside, tools, twin, className, children }: FigureProps): ReactNode => {
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div role="group" className={[styles.figure, className ?? ''].join(' ')} aria-labelledby={id}>
      <div className={styles.figureHead}>
        <Heading id={id} className={styles.title}>
          {title}
        </Heading>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
        <span className={styles.tools}>
          {tools}
          <button
            type="button"
            className={styles.toggle}
            aria-pressed={isTable}
            aria-label="Show as table"
            title={isTable ? 'Show as plot' : 'Show as table'}
            onClick={() => setIsTable(!isTable)}
          >
            <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
              <path d="M1.5 2.5h11v9h-11zM1.5 5.5h11M1.5 8.5h11M5.5 2.5v9" fill="none" stroke="currentColor" />
            </svg>
          </button>
        </span>
      </div>
      {isTable ? <TwinTable table={twin()} /> : children}
    </div>
  );
};
