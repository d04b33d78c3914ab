import { useId, type ReactNode, type Ref } from 'react';
import type { ActorDetail, Verdict } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { useDecide } from '../../decisions/index.ts';
import { localTime } from '../../format.ts';
import { Button, Kbd, showError, VERDICTS } from '../../ui/index.ts';
import { useGoRules } from '../use-go-rules.ts';
import css from './explore.module.css';
import { Settled, SettledText } from './settled.tsx';

export const VERDICT_KEYS: readonly (readonly [Verdict, string])[] = [
  ['abuse', '1'],
  ['benign', '2'],
  ['unsure', '3'],
];

/** A note that was there, and what was typed before it had come. */
const joined = (note: string, typed: string): string => (note === '' ? typed : `${note}\n${typed}`);

export type DecisionBoxProps = {
  readonly actor: string;
  readonly verdict: Verdict | null;
  /** Undefined while it is on its way. */
  readonly decision: ActorDetail['decision'] | undefined;
  /** Whether verdict and decision are from before and are being read again: what is typed meanwhile is joined to what comes. */
  readonly isStale: boolean;
  readonly isNext: boolean;
  readonly onIsNext: (isNext: boolean) => void;
  readonly onDecide: (verdict: Verdict | null) => void;
  readonly note: Ref<HTMLTextAreaElement>;
};

/** What the investigator decides about an actor: verdict, kind and note; each is saved as soon as it is settled. */
export const DecisionBox = (props: DecisionBoxProps): ReactNode => {
  const { actor, verdict, isStale, isNext, onIsNext, onDecide } = props;
  // Who is undecided has neither kind nor note: what is typed at once, before the details have come, is not lost.
  const decision = verdict === null ? null : props.decision;
  const { decide, kinds } = useDecide();
  const goRules = useGoRules();
  const id = useId();
  const save = (part: { readonly kind?: string | null; readonly note?: string | null }): void => {
    void decide({ actors: [actor], verdict: verdict ?? 'unsure', ...part, isQuiet: verdict !== null });
  };
  const addNote = async (text: string): Promise<void> => {
    try {
      const known = await client.explore.actor({ actor }); // not the inspector's own question, which goes with the field
      save({ note: joined(known.decision?.note ?? '', text) });
    } catch (error) {
      showError(error);
    }
  };
  return (
    <section className={css.decision} aria-label="Decision">
      <div className={css.verdicts} role="group" aria-label="Verdict">
        {VERDICT_KEYS.map(([choice, keys]) => {
          const { label, icon: Icon, tone } = VERDICTS[choice];
          return (
            <button
              key={choice}
              type="button"
              className={css.verdictButton}
              data-tone={tone}
              aria-pressed={verdict === choice}
              onClick={() => onDecide(verdict === choice ? null : choice)}
            >
              <Icon size={15} />
              <span>{label}</span>
              <Kbd keys={keys} />
            </button>
          );
        })}
      </div>
      <div className={css.decisionRow}>
        <Settled
          label="Kind"
          value={isStale || decision === undefined ? undefined : (decision?.kind ?? '')}
          join={(_, typed) => typed}
          list={`${id}-kinds`}
          maxLength={40}
          placeholder="kind: scraper, spam …"
          onSettle={(kind) => save({ kind: kind === '' ? null : kind })}
          onLate={(kind) => save({ kind })}
        />
        <datalist id={`${id}-kinds`}>
          {kinds.map((kind) => (
            <option key={kind} value={kind} />
          ))}
        </datalist>
        <label className={css.next}>
          <input type="checkbox" checked={isNext} onChange={(event) => onIsNext(event.currentTarget.checked)} />
          Decide &amp; next
        </label>
      </div>
      <SettledText
        label="Note"
        value={isStale || decision === undefined ? undefined : (decision?.note ?? '')}
        join={joined}
        area={props.note}
        placeholder="Note (n): what you saw, why you decided so"
        onSettle={(note) => save({ note: note === '' ? null : note })}
        onLate={(note) => void addNote(note)}
      />
      <p className={css.decisionFoot}>
        {verdict === null ? (
          'Anomalous is not abusive: a score says how unlike its peers an actor is, not why. The decision is yours.'
        ) : (
          <>
            <span className={css.decidedAt}>
              {decision === null || decision === undefined ? 'Decided.' : `Decided ${localTime(decision.decidedAt)}.`}
            </span>
            <Button kind="quiet" onPress={() => onDecide(null)}>
              Take back
            </Button>
          </>
        )}
        {verdict === 'abuse' ? (
          <Button kind="quiet" onPress={() => goRules({ actors: [actor] })}>
            Make a rule of this
          </Button>
        ) : null}
      </p>
    </section>
  );
};
