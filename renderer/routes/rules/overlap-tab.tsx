import { useQuery } from '@tanstack/react-query';
import { useCallback, type ReactNode } from 'react';
import type { RuleListing, RulesOverlap } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { counted } from '../../format.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { drawHitsPerDay, tableOfHitsPerDay } from '../../plots/hits-per-day.ts';
import { drawRuleOverlap, tableOfRuleOverlap } from '../../plots/rule-overlap.ts';
import { EmptyState, ErrorState, LoadingState } from '../../ui/index.ts';
import css from './rules.module.css';

const MOST = 100;

/** How far saved rules hit the same actors: what is said twice, and what nobody else says. */
export const OverlapTab = ({ rules }: { readonly rules: readonly RuleListing[] }): ReactNode => {
  const ids = rules
    .filter(({ state }) => state !== 'retired')
    .slice(0, MOST)
    .map(({ id }) => id);
  const { data, error, refetch } = useQuery(
    api.rules.overlap.queryOptions({ input: { ids }, enabled: ids.length > 0 }),
  );
  if (ids.length < 2) {
    return (
      <EmptyState title="It takes two rules to overlap.">Save another rule; retired ones are left out.</EmptyState>
    );
  }
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState label="Running every rule over the case" />;
  return (
    <div className={css.page}>
      <Overlap of={data} />
      <section className={css.section} aria-label="Hits per day, by rule">
        <h2>Hits per day, by rule</h2>
        <div className={css.smallPlots}>
          {data.rules.map((rule) => (
            <Days key={rule.id} rule={rule} />
          ))}
        </div>
      </section>
    </div>
  );
};

const Overlap = ({ of }: { readonly of: RulesOverlap }): ReactNode => {
  const draw = useCallback(({ width }: { readonly width: number }) => drawRuleOverlap(of, { width }), [of]);
  return (
    <Figure
      level={2}
      title="Actors that two rules both hit"
      aside="the stronger the colour, the more alike"
      twin={() => tableOfRuleOverlap(of)}
    >
      <div className={css.scrollX}>
        <Chart draw={draw} />
      </div>
    </Figure>
  );
};

const Days = ({ rule }: { readonly rule: RulesOverlap['rules'][number] }): ReactNode => {
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawHitsPerDay(rule.perDay, { width, height: 90 }),
    [rule.perDay],
  );
  return (
    <Figure
      title={<span title={rule.title}>{rule.title}</span>}
      aside={counted(rule.actors, 'actor')}
      twin={() => tableOfHitsPerDay(rule.perDay)}
    >
      {rule.perDay.length === 0 ? (
        <p className={css.muted}>Over actors: its hits have no day.</p>
      ) : (
        <Chart draw={draw} />
      )}
    </Figure>
  );
};
