import { PERSONAS, type Persona } from './population.ts';

const STEPS = [
  'browse',
  'shop',
  'study',
  'visit',
  'search',
  'like',
  'comment',
  'follow',
  'message',
  'write',
  'cart',
  'download',
  'settings',
] as const;
export type Step = (typeof STEPS)[number];

/** What kinds of people do, about in parts of 100, in order of `STEPS`. */
const HABITS: Readonly<Record<Persona, readonly number[]>> = {
  reader: [56, 6, 3, 5, 8, 12, 3, 2, 3, 0.6, 0.9, 1.6, 0.2],
  socialiser: [34, 3, 1, 9, 4, 20, 8, 3, 14, 3, 0.5, 0.8, 0.3],
  shopper: [16, 44, 1, 4, 15, 5, 1, 1, 3, 0.4, 9, 0.8, 0.3],
  worker: [24, 3, 26, 6, 12, 5, 3, 1, 10, 1, 0.5, 15, 0.5],
};

/** Entries of a habit table: a uniform draw of one gives a step. */
export const SLOTS = 1024;
/** Steps by persona, each as often as the persona takes it. */
export const HABIT_TABLES: readonly (readonly Step[])[] = PERSONAS.map((persona) => {
  const steps: Step[] = [];
  const parts = HABITS[persona];
  const total = parts.reduce((sum, part) => sum + part, 0);
  let below = 0;
  for (const [i, step] of STEPS.entries()) {
    below += parts[i] ?? 0;
    while (steps.length < Math.round((below / total) * SLOTS)) steps.push(step);
  }
  return steps;
});
