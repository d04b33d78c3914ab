import type { ReactNode } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { count, counted, duration, instant, localTime, revealed } from '../../format.ts';
import { detectorLabel } from '../../plots/detector-words.ts';
import { Notice } from '../../ui/index.ts';
import { Calibration } from './calibration.tsx';
import { Ensemble } from './ensemble.tsx';
import { Feedback } from './feedback.tsx';
import css from './run.module.css';

/** Everything that went into a run, and everything that was left out with why. */
export const Provenance = ({ run }: { readonly run: RunInfo }) => (
  <>
    <section className={css.section} aria-labelledby="run">
      <h2 id="run">Run</h2>
      {run.warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      <dl className={css.facts}>
        {factsOf(run).map(([name, value]) => (
          <div key={name} className={css.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
    {run.ensemble !== null && <Ensemble ensemble={run.ensemble} />}
    {run.calibration !== null && <Calibration calibration={run.calibration} />}
    <Feedback feedback={run.feedback} />
    <Listing
      id="inputs"
      title={counted(run.inputs.length, 'input')}
      heads={['File', 'SHA-256', 'Read', 'Stored', 'Quarantined']}
      numbers={[2, 3, 4]}
    >
      {run.inputs.map((input) => (
        <tr key={input.sha256}>
          <td className={css.name}>{input.name}</td>
          <td className={css.hash}>{input.sha256}</td>
          <td className={css.number}>{count(input.rows)}</td>
          <td className={css.number}>{count(input.stored)}</td>
          <td className={css.number}>{count(input.quarantined)}</td>
        </tr>
      ))}
    </Listing>
    <Listing
      id="features"
      title={`${counted(run.features.length, 'feature')} used`}
      heads={['Feature', 'What it measures', 'Unit']}
    >
      {run.features.map((feature) => (
        <tr key={feature.name}>
          <td>
            <span className={css.name}>{revealed(feature.label)}</span>
          </td>
          <td>{revealed(feature.sentence)}</td>
          <td className={css.muted}>{feature.unit}</td>
        </tr>
      ))}
    </Listing>
    {run.dropped.length === 0 ? null : (
      <Listing id="dropped" title={`${counted(run.dropped.length, 'feature')} left out`} heads={['Feature', 'Why']}>
        {run.dropped.map((feature) => (
          <tr key={feature.name}>
            <td className={css.name}>{revealed(feature.name)}</td>
            <td>{feature.reason}</td>
          </tr>
        ))}
      </Listing>
    )}
  </>
);

/** What a network runs on, as people call it. */
const BACKENDS: Readonly<Record<string, string>> = {
  simd: 'Nightjar’s own kernel',
  native: 'TensorFlow.js, native library',
  wasm: 'TensorFlow.js, WebAssembly',
  cpu: 'TensorFlow.js, plain JavaScript',
};

const factsOf = (run: RunInfo): readonly (readonly [string, string])[] => [
  ['Actors ranked', `${count(run.ranked)} of ${count(run.actors)}`],
  ['Fewest events to be ranked', count(run.minEvents)],
  ['Detectors', detectorsOf(run)],
  ['Autoencoder runs on', run.backend === null ? 'not used' : (BACKENDS[run.backend] ?? run.backend)],
  ['Seed', String(run.seed)],
  ['Nightjar', run.version],
  ['Ranked at', localTime(run.createdAt)],
  ['Took', duration(run.elapsedMs)],
  ['Events from', run.span === null ? 'no times' : instant(run.span.from)],
  ['Events to', run.span === null ? 'no times' : instant(run.span.to)],
];

const detectorsOf = ({ detectors, ensemble }: RunInfo): string =>
  ensemble === null
    ? detectors.map(detectorLabel).join(', ')
    : `${count(detectors.length)}, ${ensemble.chosenBy === 'default' ? 'the usual ones' : 'asked for by name'}`;

type ListingProps = {
  readonly id: string;
  readonly title: string;
  readonly heads: readonly string[];
  readonly numbers?: readonly number[];
  readonly children: ReactNode;
};

const Listing = ({ id, title, heads, numbers = [], children }: ListingProps) => (
  <section className={css.section} aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <table aria-labelledby={id} className={css.table}>
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th key={head} className={numbers.includes(index) ? css.number : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);
