import type { AppInfo } from '../../../core/api/contract.ts';
import { BenignIcon, WarnIcon } from '../../ui/icons.tsx';
import css from './start.module.css';

const KEPT: readonly string[] = [
  'Identities are replaced while a file is read. The case never holds one.',
  'What cannot be read goes to quarantine with its line and the reason. Counts always add up.',
  'The same file and seed give the same queue.',
];

/** What Nightjar promises, and what it cannot in the mode it runs in. */
export const Promises = ({ app }: { readonly app: AppInfo | null }) => (
  <>
    <section className={css.card}>
      <h2>What you can rely on</h2>
      <ul className={css.good}>
        {KEPT.map((sentence) => (
          <li key={sentence}>
            <BenignIcon />
            {sentence}
          </li>
        ))}
        {app?.mode === 'desktop' ? (
          <li>
            <BenignIcon />
            This window opens no connection to anywhere.
          </li>
        ) : null}
      </ul>
    </section>
    {app === null || app.cannotPromise.length === 0 ? null : (
      <section className={css.card}>
        <h2>What browser mode cannot promise</h2>
        <ul className={css.caution}>
          {app.cannotPromise.map((sentence) => (
            <li key={sentence}>
              <WarnIcon />
              {sentence}
            </li>
          ))}
        </ul>
      </section>
    )}
  </>
);
