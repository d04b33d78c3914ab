import { becauseOf, type Because, type Feedback } from '../../feedback/index.ts';
import type { Verdict } from '../../store/index.ts';
import type { Ground } from './ground.ts';

/** A labelled actor that another resembles. */
export type Likeness = {
  readonly actor: string;
  readonly verdict: Verdict;
  /** 0–1: share of the trees that do not tell the two apart. */
  readonly likeness: number;
  /** To the log-odds of abuse. */
  readonly adds: number;
};

export type WhyMoved = { readonly because: readonly Likeness[]; readonly sentence: string | null };

const MOST = 3;

/** By row: which labelled actors moved the one there, and one sentence about it; none where likeness to nobody moved it. */
export const whyMoved = ({ run, leaves }: Ground, feedback: Feedback): ((row: number) => WhyMoved) => {
  const becauseOfRow = becauseOf(feedback, leaves);
  return (row) => explained(becauseOfRow(row, MOST), run.actors);
};

const explained = (found: readonly Because[], actors: readonly string[]): WhyMoved => {
  const because = found.map(({ row: other, isAbuse, likeness, adds }): Likeness => {
    const verdict = isAbuse ? 'abuse' : 'benign';
    return { actor: actors[other] ?? '', verdict, likeness, adds };
  });
  const [first] = because;
  if (first === undefined) return { because, sentence: null };
  const verdict = first.verdict === 'abuse' ? 'abusive' : 'benign';
  const share = `${Math.round(100 * first.likeness)} %`;
  return { because, sentence: `Resembles ${first.actor}, found ${verdict}: ${share} of random cuts do not part them.` };
};
