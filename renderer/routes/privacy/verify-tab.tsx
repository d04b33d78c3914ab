import { useState } from 'react';
import type { Grant, ReleaseVerdictData } from '../../../core/api/contract.ts';
import { chooseFiles, client } from '../../client.ts';
import { takeIn } from '../../intake.ts';
import { CheckIcon, FileIcon, KeyIcon, WarnIcon } from '../../ui/icons.tsx';
import { Button, EmptyState, ErrorNotice, LoadingState, Notice } from '../../ui/index.ts';
import { amount, moment } from './amounts.ts';
import { ForestSaid } from './forest-view.tsx';
import { Part } from './part.tsx';
import { ReleasedNumbers } from './released-view.tsx';
import css from './privacy.module.css';

/** Checks a file that somebody handed over, numbers or a forest, here and against the ledger where it is of this case. */
export const VerifyTab = () => {
  const [trusted, setTrusted] = useState<readonly Grant[]>([]);
  const [verdict, setVerdict] = useState<ReleaseVerdictData | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const check = async (): Promise<void> => {
    const [file] = await takeIn(chooseFiles);
    if (file === undefined) return;
    setFailure(null);
    setVerdict(null);
    setBusy(true);
    try {
      const keys = trusted.map(({ id }) => id);
      setVerdict(await client.privacy.verify({ file: file.id, ...(keys.length === 0 ? {} : { trusted: keys }) }));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const trust = async (): Promise<void> => {
    const keys = await takeIn(chooseFiles);
    if (keys.length > 0) setTrusted(keys);
  };
  const choices = (
    <>
      <Button kind="primary" icon={FileIcon} isBusy={isBusy} onPress={() => void check()}>
        Choose a release file
      </Button>
      <Button icon={KeyIcon} onPress={() => void trust()}>
        {trusted.length === 0
          ? 'Choose public keys you trust'
          : `Trusting ${trusted.map(({ name }) => name).join(', ')}`}
      </Button>
    </>
  );
  if (verdict === null && failure === null && !isBusy) {
    return (
      <EmptyState icon={FileIcon} title="Check a release file" actions={choices}>
        Its signature, cost, mechanisms, groups and numbers are checked, of a forest its splits, and its line in the
        ledger where it is of this case. Choose public keys first, received another way, to know whose signature it is.
      </EmptyState>
    );
  }
  return (
    <div className={css.page}>
      <div className={css.line}>{choices}</div>
      {isBusy ? <LoadingState label="Checking the file" /> : null}
      {failure === null ? null : <ErrorNotice error={failure} />}
      {verdict === null ? null : <Verdict verdict={verdict} />}
    </div>
  );
};

const Verdict = ({
  verdict: { ok, checks, gaps, signer, release, forest, ledgerFaults },
}: {
  readonly verdict: ReleaseVerdictData;
}) => {
  const isRight = ok && (ledgerFaults ?? []).length === 0;
  const said = release ?? forest;
  const isSigned = checks.every(({ what, faults }) => what !== 'signature' || faults.length === 0);
  return (
    <>
      <Notice tone={isRight ? 'ok' : 'danger'}>
        <strong>{isRight ? 'The release holds together.' : 'The release does not hold together.'}</strong>
        {isRight ? null : (
          <span>Use none of its numbers. What is wrong stands below; ask whoever sent it for the original.</span>
        )}
        <span>
          {isSigned ? 'Signed by' : 'It claims to be signed by'} a key that calls itself {signer.name}, fingerprint{' '}
          <span className={css.mono}>{signer.fingerprint}</span>. {isSigned ? TRUST[`${signer.isTrusted}`] : ''}
        </span>
      </Notice>
      <Checks
        of={[
          ...checks,
          { what: 'ledger of this case', faults: ledgerFaults ?? ['Not checked: the release is of another case.'] },
        ]}
        isElsewhere={ledgerFaults === null}
      />
      {gaps.map((gap) => (
        <Notice key={gap} tone="info">
          Not checked: {gap}
        </Notice>
      ))}
      <Part title={isRight ? 'What it says' : 'What it says, and nobody vouches for'}>
        {said === null ? (
          <p className={css.muted}>Its trees are not those of its settings: nothing of it is shown.</p>
        ) : (
          <p className={css.muted}>
            Released {moment(said.releasedAt)} UTC at ε {amount(said.epsilon)}, δ {amount(said.delta)}; asked by{' '}
            {said.asker}, approved by {said.approver}
            {said.alone ? ' (one account)' : ''}. Purpose: {said.purpose === '' ? 'none given' : said.purpose}
          </p>
        )}
        {release === null ? null : <ReleasedNumbers table={release} />}
        {forest === null ? null : <ForestSaid forest={forest} />}
      </Part>
    </>
  );
};

const TRUST = {
  null: 'Whose key that is, no file can say: compare the fingerprint with the reviewer.',
  true: 'It is one of the keys you trust.',
  false: 'It is none of the keys you trust.',
} as const;

/** What was looked at, and what came of it. */
const Checks = ({ of, isElsewhere }: { readonly of: ReleaseVerdictData['checks']; readonly isElsewhere: boolean }) => (
  <table className={css.table}>
    <caption className="visually-hidden">What was checked</caption>
    <tbody>
      {of.map(({ what, faults }, place) => (
        <tr key={what}>
          <th scope="row" className={css.narrow}>
            {what.slice(0, 1).toUpperCase() + what.slice(1)}
          </th>
          <td>
            {faults.length === 0 ? (
              <span className={css.right}>
                <CheckIcon size={14} /> right
              </span>
            ) : isElsewhere && place === of.length - 1 ? (
              faults.join(' ')
            ) : (
              <span className={css.wrong}>
                <WarnIcon size={14} /> {faults.join(' ')}
              </span>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
