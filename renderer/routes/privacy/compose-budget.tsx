import { useRef, useState } from 'react';
import { client } from '../../client.ts';
import { Button, ErrorNotice, TextField } from '../../ui/index.ts';
import { isDecimal, released } from './amounts.ts';
import type { ComposePart } from './compose-part.ts';
import { asksForest, assumedSize, countsRows, findsBounds } from './compose-needs.ts';
import { composedQuery } from './compose-query.ts';
import type { Composed } from './composed.ts';
import { Part } from './part.tsx';
import css from './privacy.module.css';

/** What it may cost, and at what level its intervals hold. */
export const ComposeBudget = ({ form, onChange }: Omit<ComposePart, 'columns'>) => (
  <Part title="Budget">
    <div className={css.pair}>
      <TextField
        label="ε"
        value={form.epsilon}
        onChange={(epsilon) => onChange({ epsilon })}
        description="How much it may tell of one actor"
        {...(isDecimal(form.epsilon) ? {} : { error: 'A number above 0' })}
      />
      <TextField
        label="δ"
        value={form.delta}
        onChange={(delta) => onChange({ delta })}
        description="Chance that it tells more; unknown keys need one above 0"
        {...(isDecimal(form.delta) && Number(form.delta) < 1
          ? {}
          : { error: 'A number from 0 up and below 1, such as 1e-6' })}
      />
    </div>
    {asksForest(form) ? null : (
      <>
        <Solve form={form} onChange={onChange} />
        <div className={css.pair}>
          <TextField
            label="Level of intervals"
            value={form.level}
            onChange={(level) => onChange({ level })}
            description="How often an interval holds"
          />
        </div>
      </>
    )}
  </Part>
);

/** “Give me ±5 % on groups of 1,000”, solved for ε. Of what has a unit of its own, the accuracy is asked for in it. */
const Solve = ({ form, onChange }: Omit<ComposePart, 'columns'>) => {
  const [accuracy, setAccuracy] = useState('5');
  const [failure, setFailure] = useState<unknown>(null);
  const [said, setSaid] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const groupSize = assumedSize(form);
  const question = questionOf(form, accuracy);
  const latest = useRef({ question, epsilon: form.epsilon });
  latest.current = { question, epsilon: form.epsilon };
  const isShare = countsRows(form);
  const wanted = Number(accuracy);
  const solve = async (size: number): Promise<void> => {
    setFailure(null);
    setSaid(null);
    setBusy(true);
    try {
      const { epsilon, halfWidth, unit } = await client.privacy.solve({
        query: composedQuery(form),
        delta: form.delta,
        within: isShare ? (wanted / 100) * size : wanted,
        groupSize: size,
      });
      if (latest.current.question !== question) return; // it was changed meanwhile: this answers another
      if (latest.current.epsilon === form.epsilon) onChange({ epsilon });
      setSaid({ of: question, text: `ε ${epsilon}: the noise stays within ±${released(halfWidth)} ${unit}.` });
    } catch (error) {
      if (latest.current.question === question) setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.stack}>
      <div className={css.solve}>
        <TextField
          label={isShare ? 'Give me ± %' : `Give me ± of ${form.column}`}
          value={accuracy}
          onChange={setAccuracy}
        />
        <TextField
          label="on groups of"
          value={form.groupSize}
          onChange={(changed) => onChange({ groupSize: changed })}
          {...(groupSize === undefined ? { error: 'A whole number from 1 up' } : {})}
        />
        <Button
          isDisabled={groupSize === undefined || !(wanted > 0) || !isDecimal(form.delta) || findsBounds(form)}
          isBusy={isBusy}
          onPress={() => (groupSize === undefined ? undefined : void solve(groupSize))}
        >
          Find ε
        </Button>
      </div>
      {said?.of === question ? (
        <p className={css.muted} role="status">
          {said.text}
        </p>
      ) : null}
      {failure === null ? null : <ErrorNotice error={failure} />}
    </div>
  );
};

/** What an ε is looked for: whatever else changes, the answer stays right. */
const questionOf = (form: Composed, accuracy: string): string =>
  JSON.stringify([composedQuery(form), form.delta, form.groupSize, accuracy]);
