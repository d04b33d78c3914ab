import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { SavedRule } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { counted, localTime } from '../../format.ts';
import { Button, Chip, cx, EmptyState, ErrorNotice, LoadingState } from '../../ui/index.ts';
import { STATES } from './state-words.ts';
import css from './rules.module.css';

type Props = {
  readonly saved: SavedRule | null;
  /** Takes an older text back into the editor. */
  readonly onTake: (text: string) => void;
};

/** Every version that was saved; the chosen one against the newest, line by line and by whom they hit. */
export const VersionsPart = ({ saved, onTake }: Props): ReactNode => {
  const [chosen, setChosen] = useState<number | null>(null);
  if (saved === null) {
    return <EmptyState title="No versions yet.">Every save makes one; none is ever overwritten.</EmptyState>;
  }
  const from = chosen ?? saved.versions.find(({ version }) => version < saved.version)?.version ?? null;
  return (
    <div className={css.versions}>
      <nav className={css.versionList} aria-label="Versions">
        {saved.versions.map(({ version, savedAt, note, author, state }) => (
          <button
            key={version}
            type="button"
            className={cx(css.item, version === from && css.itemChosen)}
            aria-current={version === from}
            onClick={() => setChosen(version)}
          >
            <span className={css.itemHead}>
              <span className={css.itemTitle}>Version {version}</span>
              <Chip tone={STATES[state].tone}>{STATES[state].label}</Chip>
            </span>
            {note === '' ? null : <span>{note}</span>}
            <span className={css.muted}>
              {author === '' ? '' : `${author} · `}
              {localTime(savedAt)}
            </span>
          </button>
        ))}
      </nav>
      {from === null || from === saved.version ? (
        <EmptyState title={from === null ? 'There is one version.' : 'This is the newest version.'}>
          {from === null ? 'What changes shows here after the next save.' : 'Choose an older one to compare.'}
        </EmptyState>
      ) : (
        <Difference key={from} id={saved.id} from={from} to={saved.version} onTake={onTake} />
      )}
    </div>
  );
};

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;
const WORDS = { same: '', added: 'added: ', removed: 'removed: ' } as const;

const Difference = (props: {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly onTake: Props['onTake'];
}): ReactNode => {
  const { id, from, to, onTake } = props;
  const diff = useQuery(api.rules.diff.queryOptions({ input: { id, from, to } }));
  const older = useQuery(api.rules.get.queryOptions({ input: { id, version: from } }));
  if (diff.error !== null) return <ErrorNotice error={diff.error} />;
  if (diff.data === undefined) return <LoadingState label="Comparing versions" />;
  const { lines, hits } = diff.data;
  const text = older.data?.text;
  return (
    <section className={css.difference} aria-label={`From version ${from} to ${to}`}>
      <div className={css.line}>
        <h3>
          From version {from} to {to}
        </h3>
        <Button isDisabled={text === undefined} onPress={() => text !== undefined && onTake(text)}>
          Take version {from} back
        </Button>
      </div>
      <p>
        {hits === null
          ? 'Whom the two hit takes a backtest to say.'
          : `${counted(hits.gained, 'actor')} newly hit, ${counted(hits.lost, 'actor')} no longer, ${counted(hits.kept, 'actor')} by both.`}
      </p>
      <ol className={css.diff} tabIndex={0} aria-label="Lines">
        {lines.map(({ kind, text: words }, i) => (
          <li key={i} className={css[kind]}>
            <span aria-hidden="true">{SIGNS[kind]}</span>
            <span className="visually-hidden">{WORDS[kind]}</span>
            {words === '' ? ' ' : words}
          </li>
        ))}
      </ol>
    </section>
  );
};
