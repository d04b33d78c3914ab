import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import type { RuleCandidate, SuggestFrom } from '../../../core/api/contract.ts';
import { api, client, once, queryClient } from '../../client.ts';
import { isRunning, useJobs, useRunningJob } from '../../engine-state.ts';
import { count, share } from '../../format.ts';
import { JobView } from '../../jobs/job-view.tsx';
import { Button, EmptyState, ErrorNotice, Notice, Select } from '../../ui/index.ts';
import { shown } from './measured.ts';
import { wordsOfStart } from './start-of.ts';
import css from './rules.module.css';

type Props = {
  readonly from: SuggestFrom;
  /** Back to the verdicts as where to start from. */
  readonly onClear: () => void;
  readonly onUse: (text: string) => void;
};

/** Looks for rules that tell some actors from all others, and offers what it found. */
export const SuggestTab = ({ from, onClear, onUse }: Props): ReactNode => {
  const navigate = useNavigate();
  const running = useRunningJob();
  const latest = useJobs().find(({ kind }) => kind === 'suggest') ?? null;
  const { data, error } = useQuery(api.rules.lastSuggested.queryOptions());
  const { data: targets } = useQuery(api.rules.targets.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const target = isOfEvents(from) ? ANY : (chosen ?? data?.target ?? ANY);
  // What was found from elsewhere, or for another target, is no answer to this question.
  const isOther = JSON.stringify(data?.from) !== JSON.stringify(from) || (data?.target ?? ANY) !== target;
  const last = data !== undefined && isOther ? null : data;
  const ended = latest === null || isRunning(latest) ? null : latest.id;
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: api.rules.lastSuggested.key() });
  }, [ended]);
  const start = useMutation({
    mutationFn: () => client.rules.startSuggest({ from, ...(target === ANY ? {} : { target }) }),
  });
  // What was cancelled or failed says so itself.
  const job = latest === null || latest.state === 'done' ? null : latest;
  const isSearching = job !== null && isRunning(job);
  return (
    <div className={css.page}>
      <p>
        Looks for few, short conditions that hold for {wordsOfStart(from)} and for as few others as possible.{' '}
        {isOfEvents(from)
          ? 'It looks at all events of the case, and names only what at least ten actors show.'
          : 'It learns on one part of the actors and is measured on the rest.'}{' '}
        A suggestion is a text to start from: nothing is saved.
      </p>
      <div className={css.asked}>
        {isOfEvents(from) ? null : (
          <Select
            label="Rules that can run in"
            value={target}
            onChange={setChosen}
            options={[
              { id: ANY, label: 'Anything', detail: 'whatever tells them apart best' },
              ...(targets ?? [])
                .filter(({ saysSuggested }) => saysSuggested)
                .map(({ name, title, sentence }) => ({ id: name, label: title, detail: sentence })),
            ]}
          />
        )}
        <Button
          key={JSON.stringify(from)}
          kind="primary"
          autoFocus={from !== 'verdicts'} // who came to make a rule of somebody goes on with Enter
          isDisabled={running !== null}
          isBusy={start.isPending}
          onPress={() => once(start.mutate)}
        >
          Look for rules
        </Button>
        {from === 'verdicts' ? null : (
          <Button kind="quiet" onPress={onClear}>
            Start from verdicts instead
          </Button>
        )}
        {running !== null && running.kind !== 'suggest' ? (
          <span className={css.muted}>One job at a time: “{running.title}” is under way.</span>
        ) : null}
      </div>
      {start.error === null ? null : <ErrorNotice error={start.error} />}
      {error === null ? null : <ErrorNotice error={error} />}
      {job === null ? null : <JobView job={job} />}
      {isSearching || last === undefined || (last === null && job !== null) ? null : last === null ? (
        <EmptyState title="Nothing was looked for yet.">
          {from === 'verdicts'
            ? 'Decide about some actors in Explore, or choose actors or events there and press “Make a rule”.'
            : 'A search looks through the whole case, and can be cancelled.'}
        </EmptyState>
      ) : (
        <>
          {last.notes.map((note) => (
            <Notice key={note} tone="info">
              {note}
            </Notice>
          ))}
          {last.candidates.length === 0 ? (
            <EmptyState
              title="No rule was found."
              actions={<Button onPress={() => void navigate({ to: '/explore' })}>Go to the queue</Button>}
            >
              No short rule tells these actors from all others. More verdicts, or another choice of actors, may help.
            </EmptyState>
          ) : (
            <ol className={css.candidates} aria-label="Suggestions">
              {last.candidates.map((candidate, i) => (
                <Candidate key={i} candidate={candidate} onUse={() => onUse(candidate.text)} />
              ))}
            </ol>
          )}
        </>
      )}
    </div>
  );
};

/** No target in particular. */
const ANY = 'any';

const isOfEvents = (from: SuggestFrom): boolean => typeof from === 'object' && 'events' in from;

const Candidate = (props: { readonly candidate: RuleCandidate; readonly onUse: () => void }): ReactNode => {
  const { text, words, unit, training, holdOut, notes } = props.candidate;
  return (
    <li className={css.candidate}>
      <div className={css.candidateHead}>
        <p className={css.words}>{words}</p>
        <Button onPress={props.onUse}>Use it</Button>
      </div>
      <pre className={css.source} tabIndex={0} aria-label="Text of the suggestion">
        {text}
      </pre>
      <table aria-label="How well it does" className={css.table}>
        <thead>
          <tr>
            <th>Measured on</th>
            <th className={css.number}>Precision</th>
            <th className={css.number}>Recall</th>
            <th className={css.number}>F1</th>
            <th className={css.number}>{unit === 'events' ? 'Events hit' : 'Actors hit'}</th>
          </tr>
        </thead>
        <tbody>
          {unit === 'events' ? null : (
            <tr>
              <th scope="row">Actors it had not seen</th>
              {holdOut === null ? (
                <td colSpan={4}>too few to say</td>
              ) : (
                <>
                  <td className={css.number}>{shown(holdOut.precision)}</td>
                  <td className={css.number}>{shown(holdOut.recall)}</td>
                  <td className={css.number}>{shown(holdOut.f1)}</td>
                  <td className={css.number}>{count(holdOut.hits)}</td>
                </>
              )}
            </tr>
          )}
          <tr>
            <th scope="row">{unit === 'events' ? 'Events of this case' : 'Actors it learned from'}</th>
            <td className={css.number}>{share(training.precision)}</td>
            <td className={css.number}>{share(training.recall)}</td>
            <td className={css.number}>{share(training.f1)}</td>
            <td className={css.number}>{count(training.hits)}</td>
          </tr>
        </tbody>
      </table>
      {notes.length === 0 ? null : <p className={css.muted}>{notes.join(' ')}</p>}
    </li>
  );
};
