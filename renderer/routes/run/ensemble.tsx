import { useCallback, type ReactNode } from 'react';
import type { EnsembleInfo } from '../../../core/api/contract.ts';
import { agreementHeight, drawAgreement, tableOfAgreement } from '../../plots/agreement.ts';
import { Chart } from '../../plots/chart.tsx';
import { detectorWords } from '../../plots/detector-words.ts';
import { Figure } from '../../plots/figure.tsx';
import { formatCount, formatShare } from '../../plots/format.ts';
import { AlikeIcon, OddIcon } from '../../ui/icons.tsx';
import css from './run.module.css';

/** A sentence of the engine, which calls detectors as its options do. */
const inWords = (sentence: string): string =>
  sentence.replace(/^\w+(?= stands alone)/u, (name) => detectorWords(name).label);

/** Which detectors ran, with what say and why; who was left out; and how far they agree. */
export const Ensemble = ({ ensemble }: { readonly ensemble: EnsembleInfo }): ReactNode => (
  <section className={css.section} aria-labelledby="ensemble">
    <h2 id="ensemble">Why these detectors</h2>
    <ul className={css.sentences}>
      {ensemble.sentences.map((sentence) => (
        <li key={sentence}>{inWords(sentence)}</li>
      ))}
    </ul>
    <table aria-label="Detectors and their say" className={css.table}>
      <thead>
        <tr>
          <th scope="col">Detector</th>
          <th scope="col">Looks for</th>
          <th scope="col">Its say</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {ensemble.members.map((member) => (
          <tr key={member.name}>
            <td>
              <DetectorName name={member.name} />
            </td>
            <td className={css.kind}>
              {member.evidence === 'odd' ? <OddIcon size={13} /> : <AlikeIcon size={13} />} {member.evidence}
            </td>
            <td>
              <Say share={member.share} />
            </td>
            <td>{member.because}</td>
          </tr>
        ))}
        {ensemble.leftOut.map(({ name, because }) => (
          <tr key={name}>
            <td>
              <DetectorName name={name} />
            </td>
            <td className={css.muted}>left out</td>
            <td className={css.muted}>–</td>
            <td>{because}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {ensemble.agreement.names.length > 1 && <Agreement agreement={ensemble.agreement} />}
  </section>
);

const DetectorName = ({ name }: { readonly name: string }): ReactNode => {
  const { label, hint } = detectorWords(name);
  return (
    <>
      <span className={css.name}>{label}</span>
      <span className={css.hint}>{hint}</span>
    </>
  );
};

/** A share of the say among detectors of its kind, as bar and number. */
const Say = ({ share }: { readonly share: number }): ReactNode => (
  <span className={css.say}>
    <span className={css.sayTrack}>
      <span className={css.sayBar} style={{ width: `${share * 100}%` }} />
    </span>
    <span>{formatShare(share)}</span>
  </span>
);

const Agreement = ({ agreement }: Pick<EnsembleInfo, 'agreement'>): ReactNode => {
  const draw = useCallback(({ width }: { readonly width: number }) => drawAgreement(agreement, { width }), [agreement]);
  return (
    <Figure
      title="How far they agree"
      aside={`right of the diagonal: correlation of rankings · left: share of the ${formatCount(agreement.topRows)} strongest in common`}
      twin={() => tableOfAgreement(agreement)}
    >
      <Chart draw={draw} height={agreementHeight(agreement)} />
    </Figure>
  );
};
