import { useId, type ReactNode } from 'react';
import css from './privacy.module.css';

/** A part of a screen under its own heading. */
export const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
};

/** Terms and what is known of them, side by side; `null` where there is nothing to say. */
export const Facts = ({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={css.facts}>
    {of.map(([term, said]) =>
      said === null ? null : (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{said}</dd>
        </div>
      ),
    )}
  </dl>
);

/** Sentences, one a line. */
export const Sentences = ({ of }: { readonly of: readonly string[] }) => (
  <ul className={css.list}>
    {of.map((each) => (
      <li key={each}>{each}</li>
    ))}
  </ul>
);
