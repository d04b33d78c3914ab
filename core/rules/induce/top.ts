/** The highest few of what is added, by score; of those with the same score the first. */
export type Top<T> = {
  /** Whether something with this score would be kept. */
  readonly admits: (score: number) => boolean;
  readonly add: (item: T, score: number) => void;
  /** Highest first. */
  readonly items: () => readonly T[];
};

export const createTop = <T>(most: number): Top<T> => {
  const items: T[] = [];
  const scores: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  return {
    admits: (score) => score > least,
    add: (item, score) => {
      if (score <= least || scores.includes(score)) return;
      let at = items.length;
      while (at > 0 && (scores[at - 1] ?? 0) < score) at--;
      items.splice(at, 0, item);
      scores.splice(at, 0, score);
      if (items.length > most) {
        items.pop();
        scores.pop();
      }
      if (items.length === most) least = scores[most - 1] ?? least;
    },
    items: () => items,
  };
};
