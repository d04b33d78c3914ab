import { useState } from 'react';
import type { Grant, ReleaseVerdictData } from '../../../core/api/contract.ts';
import { chooseFiles, client } from '../../client.ts';
import { takeIn } from '../../intake.ts';
import { FileIcon, KeyIcon } from '../../ui/icons.tsx';
import { Button, EmptyState, ErrorNotice, Notice } from '../../ui/index.ts';
import { amount, moment } from './amounts.ts';
import { ReleasedNumbers } from './released-view.tsx';
import css from './privacy.module.css';

/** Checks a release file that somebody handed over, here and against the ledger where it is of this case. */
export const VerifyTab = () => {
  const [trusted, setTrusted] = useState<readonly Grant[]>([]);
  const [verdict, setVerdict] = useState<ReleaseVerdictData | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const check = async (): Promise<void> => {
    const [file] = await takeIn(chooseFiles);
    if (file === undefined) return;
    setFailure(null);
    setVerdict(null);
    try {
      const trust = trusted.map(({ id }) => id);
      setVerdict(await client.privacy.verify({ file: file.id, ...(trust.length === 0 ? {} : { trusted: trust }) }));
    } catch (error) {
      setFailure(error);
    }
  };
  const choices = (
    <>
      <Button kind="primary" icon={FileIcon} onPress={() => void check()}>
        Choose a release file
      </Button>
      <Button icon={KeyIcon} onPress={() => void takeIn(chooseFiles).then(setTrusted)}>
        {trusted.length === 0
          ? 'Choose public keys you trust'
          : `Trusting ${trusted.map(({ name }) => name).join(', ')}`}
      </Button>
    </>
  );
  if (verdict === null && failure === null) {
    return (
      <EmptyState icon={FileIcon} title="Check a release file" actions={choices}>
        Its signature, cost, mechanisms, groups and numbers are checked, and its line in the ledger where it is of this
        case. Choose public keys first, received another way, to know whose signature it is.
      </EmptyState>
    );
  }
  return (
    <div className={css.page}>
      <div className={css.line}>{choices}</div>
      {failure === null ? null : <ErrorNotice error={failure} />}
      {verdict === null ? null : <Verdict verdict={verdict} />}
    </div>
  );
};

const Verdict = ({
  verdict: { ok, checks, signer, release, ledgerFaults },
}: {
  readonly verdict: ReleaseVerdictData;
}) => {
  const isRight = ok && (ledgerFaults ?? []).length === 0;
  return (
    <>
      <Notice tone={isRight ? 'ok' : 'danger'}>
        <strong>{isRight ? 'The release holds together.' : 'The release does not hold together.'}</strong>
        <span>
          Signed by a key that calls itself {signer.name}, fingerprint{' '}
          <span className={css.mono}>{signer.fingerprint}</span>.{' '}
          {signer.isTrusted === null
            ? 'Whose key that is, no file can say: compare the fingerprint with the reviewer.'
            : signer.isTrusted
              ? 'It is one of the keys you trust.'
              : 'It is none of the keys you trust.'}
        </span>
      </Notice>
      <table className={css.table}>
        <tbody>
          {[
            ...checks,
            { what: 'ledger of this case', faults: ledgerFaults ?? ['not checked: the release is of another case'] },
          ].map(({ what, faults }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{faults.length === 0 ? 'right' : faults.join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <section className={css.section} aria-labelledby="verified">
        <h2 id="verified">What it says</h2>
        <p className={css.muted}>
          Released {moment(release.releasedAt)} UTC at ε {amount(release.epsilon)}, δ {amount(release.delta)}; asked by{' '}
          {release.asker}, approved by {release.approver}
          {release.alone ? ' (one account)' : ''}. Purpose: {release.purpose === '' ? 'none given' : release.purpose}
        </p>
        <ReleasedNumbers table={release} />
      </section>
    </>
  );
};
