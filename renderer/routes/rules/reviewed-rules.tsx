import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '../../client.ts';
import { count } from '../../format.ts';
import { Screen } from '../../shell/screen.tsx';
import { Chip, EmptyState, ErrorNotice, LoadingState } from '../../ui/index.ts';
import { RuleList } from './rule-list.tsx';
import { STATES } from './state-words.ts';
import css from './rules.module.css';

/** The saved rules as a reviewer sees them: what would leave, and nobody whom it hits. */
export const ReviewedRules = ({ title }: { readonly title: string }): ReactNode => {
  const { data: rules, error } = useQuery(api.rules.list.queryOptions());
  const [asked, setAsked] = useState<string>();
  const chosen = asked ?? rules?.[0]?.id;
  return (
    <Screen title={title} about={rules === undefined ? '' : `${count(rules.length)} saved`} isFixed>
      {error !== null ? (
        <ErrorNotice error={error} />
      ) : rules === undefined ? (
        <LoadingState label="Reading rules" />
      ) : chosen === undefined ? (
        <EmptyState title="No rules yet.">
          Investigators write them. What leaves with a rule can be read here.
        </EmptyState>
      ) : (
        <div className={css.split}>
          <RuleList rules={rules} chosen={chosen} onChoose={setAsked} canWrite={false} />
          <ReviewedRule key={chosen} id={chosen} />
        </div>
      )}
    </Screen>
  );
};

const ReviewedRule = ({ id }: { readonly id: string }): ReactNode => {
  const { data: rule, error } = useQuery(api.rules.get.queryOptions({ input: { id } }));
  if (error !== null) return <ErrorNotice error={error} />;
  if (rule === undefined) return <LoadingState label="Reading the rule" />;
  const { label, tone } = STATES[rule.state];
  return (
    <section className={css.page} aria-labelledby="reviewed">
      <div className={css.line}>
        <h2 id="reviewed">{rule.title}</h2>
        <Chip tone={tone}>{label}</Chip>
        <span className={css.muted}>version {count(rule.version)}</span>
      </div>
      <p>{rule.words}</p>
      {rule.text === '' ? null : (
        <pre className={css.source} tabIndex={0} aria-label="Text of the rule">
          {rule.text}
        </pre>
      )}
      {rule.diagnostics.map(({ message, hint, from }) => (
        <p key={`${from} ${message}`} className={css.muted}>
          {message} {hint}
        </p>
      ))}
      <p className={css.muted}>
        What leaves with a rule is this text in the words of another system, a card, and made-up records. Every number
        in it is rounded and about at least ten actors, or it is not exported; how many it hits leaves only as a
        release.
      </p>
    </section>
  );
};
