import { useRef, useState } from 'react';
import { client } from '../../client.ts';
import { Button, ErrorNotice, showToast, TextField, useIsShown } from '../../ui/index.ts';
import type { ComposePart } from './compose-part.ts';
import { composedQuery } from './compose-query.ts';
import { Part } from './part.tsx';
import { ledgerChanged } from './use-ledger.ts';
import css from './privacy.module.css';

type Props = Omit<ComposePart, 'columns'> & {
  /** Whether there is a plan for what stands in the form. */
  readonly hasPlan: boolean;
  readonly onAsked: (request: string) => void;
  readonly onStartOver: () => void;
};

/** Files the request; it costs nothing. */
export const ComposeAsk = ({ form, hasPlan, onChange, onAsked, onStartOver }: Props) => {
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isShown = useIsShown();
  const latest = useRef(form);
  latest.current = form;
  const ask = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const { epsilon, delta, purpose } = form;
      const { request, answer } = await client.privacy.ask({ query: composedQuery(form), epsilon, delta, purpose });
      const { requests } = await client.privacy.ledger();
      await ledgerChanged();
      const found = request ?? requests.find((each) => each.answer === answer)?.id;
      const isLeft = !isShown() || latest.current !== form; // who went on to something else is led to nothing
      const show = { label: 'Show it', run: () => found !== undefined && onAsked(found) };
      showToast({
        topic: 'release',
        text:
          request === null
            ? 'This question has an answer already: here it is, at no cost.'
            : 'Asked. Nothing is spent until a reviewer approves it.',
        ...(isLeft ? { action: show } : {}),
      });
      if (!isLeft) show.run();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const hasPurpose = form.purpose.trim() !== '';
  return (
    <Part title="Ask">
      <TextField
        label="Purpose"
        rows={2}
        value={form.purpose}
        onChange={(purpose) => onChange({ purpose })}
        maxLength={2000}
        description="Why it is needed. It stays in the ledger and is written into the release: name no person."
      />
      {failure === null ? null : <ErrorNotice error={failure} />}
      <div className={css.line}>
        <Button kind="primary" isDisabled={!hasPlan || !hasPurpose} isBusy={isBusy} onPress={() => void ask()}>
          {isBusy ? 'Asking …' : 'Ask for this release'}
        </Button>
        <Button kind="quiet" onPress={onStartOver}>
          Start over
        </Button>
      </div>
      <p className={css.muted}>
        {!hasPlan
          ? 'What is missing stands at the right.'
          : hasPurpose
            ? 'Asking costs nothing. What is released later cannot be undone.'
            : 'Write down the purpose to ask. Asking costs nothing.'}
      </p>
    </Part>
  );
};
