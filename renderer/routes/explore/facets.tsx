import { useQuery } from '@tanstack/react-query';
import { memo, useState, type ReactNode } from 'react';
import type { RunInfo, Verdict } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { formatCount } from '../../plots/format.ts';
import { formatTime } from '../../plots/time.ts';
import { Chip, cx, VERDICTS } from '../../ui/index.ts';
import css from './explore.module.css';
import { toggled } from './search.ts';
import { revealed } from '../../format.ts';
import type { Explore } from './use-explore.ts';

const CHOICES: readonly (Verdict | 'none')[] = ['none', 'abuse', 'benign', 'unsure'];

/** Ways to narrow the queue that are lists: verdict, evidence, time, actions. */
export const Facets = memo(({ run, explore }: { readonly run: RunInfo; readonly explore: Explore }): ReactNode => (
  <>
    <Verdicts {...{ run, explore }} />
    {run.span !== null && <Times explore={explore} />}
    <Actions {...{ run, explore }} />
  </>
));

type Part = { readonly run: RunInfo; readonly explore: Explore };

const Verdicts = ({ run, explore: { search, patch } }: Part): ReactNode => {
  const { data } = useQuery(api.decisions.summary.queryOptions());
  const countOf = (choice: Verdict | 'none'): number =>
    data === undefined ? 0 : choice === 'none' ? run.actors - data.abuse - data.benign - data.unsure : data[choice];
  const unranked = run.actors - run.ranked;
  return (
    <section className={css.facet} aria-labelledby="facet-verdict">
      <h2 id="facet-verdict" className={css.facetTitle}>
        Verdict and evidence
      </h2>
      <div className={css.chips}>
        {CHOICES.map((choice) => (
          <Chip
            key={choice}
            tone={VERDICTS[choice].tone}
            icon={VERDICTS[choice].icon}
            isSelected={search.verdicts?.includes(choice) === true}
            onPress={() => patch({ verdicts: toggled(search.verdicts, choice), row: undefined })}
          >
            {VERDICTS[choice].label} {formatCount(countOf(choice))}
          </Chip>
        ))}
        <Chip
          isSelected={search.evidence === 'ok'}
          onPress={() => patch({ evidence: search.evidence === 'ok' ? undefined : 'ok', row: undefined })}
        >
          Ranked {formatCount(run.ranked)}
        </Chip>
        <Chip
          isSelected={search.evidence === 'insufficient'}
          onPress={() =>
            patch({ evidence: search.evidence === 'insufficient' ? undefined : 'insufficient', row: undefined })
          }
        >
          Not enough events {formatCount(unranked)}
        </Chip>
      </div>
    </section>
  );
};

/** When actors were active: from, to, or both. */
export const Times = ({
  explore: { search, patch },
}: {
  readonly explore: Pick<Explore, 'search' | 'patch'>;
}): ReactNode => (
  <section className={css.facet} aria-labelledby="facet-time">
    <h2 id="facet-time" className={css.facetTitle}>
      Active in (UTC)
    </h2>
    <div className={css.times}>
      {(['from', 'to'] as const).map((edge) => (
        <TimeField
          key={`${edge} ${search[edge] ?? ''}`}
          label={edge === 'from' ? 'From' : 'To'}
          value={search[edge]}
          onSettle={(at) => patch({ [edge]: at, row: undefined })}
        />
      ))}
      <p className={css.hint} role="status">
        {(search.from ?? -Infinity) > (search.to ?? Infinity) && 'Ends before it begins: nobody was active then.'}
      </p>
    </div>
  </section>
);

/** A time in UTC as text, settled by Enter or by leaving it; empty is no bound. */
const TimeField = (props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onSettle: (at: number | undefined) => void;
}): ReactNode => {
  const shown = props.value === undefined ? '' : formatTime(props.value);
  const [text, setText] = useState(shown);
  const at = parseTime(text);
  const isWrong = at === null;
  return (
    <label className={css.time}>
      <span>{props.label}</span>
      <input
        className={css.input}
        placeholder="YYYY-MM-DD HH:MM"
        aria-invalid={isWrong}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => {
          if (at !== null && text.trim() !== shown) props.onSettle(at);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText(shown);
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      {isWrong && <span className={css.timeWrong}>Write it as 2026-03-14 09:30.</span>}
    </label>
  );
};

/** Milliseconds of a time such as `2026-03-14 09:30` or `2026-03-14`; undefined for an empty text, null for what is no time. */
export const parseTime = (text: string): number | undefined | null => {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const [, day, clock = '00:00'] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?$/u.exec(trimmed) ?? [];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${clock}:00Z`);
  return Number.isNaN(at) ? null : at;
};

const Actions = ({ run, explore: { search, patch } }: Part): ReactNode => {
  const most = run.actions[0]?.events ?? 1;
  if (run.actions.length === 0) return null;
  return (
    <section className={css.facet} aria-labelledby="facet-action">
      <h2 id="facet-action" className={css.facetTitle}>
        Did any of
      </h2>
      <ul className={css.actions}>
        {run.actions.map(({ action, events }) => (
          <li key={action}>
            <button
              type="button"
              className={cx(css.action)}
              aria-pressed={search.actions?.includes(action) === true}
              onClick={() => patch({ actions: toggled(search.actions, action), row: undefined })}
            >
              <span className={css.actionBar} style={{ width: `${Math.max(1, (events / most) * 100)}%` }} />
              <span className={css.actionName}>{revealed(action)}</span>
              <span className={css.actionCount}>{formatCount(events)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
