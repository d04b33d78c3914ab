import { z } from 'zod';

const numbers = z.array(z.number().nullable());
/** What is read of a release; anything else that stands in it is kept as it is. Looser than the product's own reader. */
const releaseShape = z.looseObject({
  keys: z.array(z.looseObject({ column: z.string(), of: z.array(z.string()) })),
  columns: z.array(z.looseObject({ name: z.string(), value: numbers, low: numbers, high: numbers })),
  noised: z.array(numbers),
});
const fileShape = z.looseObject({ release: releaseShape });

export type SeenRelease = z.infer<typeof releaseShape>;

/** What an observer reads off a released text: numbers by name; what is not there is absent. */
export type Observation = ReadonlyMap<string, number>;

/** A released text that is no release file, such as an error, or what stands around the numbers of one. */
export type Seen = { readonly numbers: Observation; readonly form: string };

/**
 * Everything in a released text that two data sets may differ in: which groups are there, in which place, every number and
 * the last binary digit it uses, the length of the text, and all that stands around the numbers, word by word.
 */
export const observe = (text: string): Seen => {
  const seen = new Map<string, number>([['length of the text', text.length]]);
  const release = releaseIn(text);
  if (release === undefined) return { numbers: seen, form: text };
  const labels = labelsOf(release);
  seen.set('number of groups', labels.length);
  labels.forEach((label, i) => {
    seen.set(`there: ${label}`, 1);
    seen.set(`place: ${label}`, i);
    release.noised.forEach((integers, j) => set(seen, `${NOISED}${j}: ${label}`, integers[i]));
    for (const { name, value, low, high } of release.columns) {
      set(seen, `${name}: ${label}`, value[i]);
      set(seen, `${name} from: ${label}`, low[i]);
      set(seen, `${name} to: ${label}`, high[i]);
      set(seen, `last digit of ${name}: ${label}`, lastDigit(value[i]));
    }
  });
  const { keys, columns, noised, ...around } = release;
  const names = [keys.map(({ column }) => column), columns.map((column) => column.name), noised.length];
  return { numbers: seen, form: JSON.stringify([around, names]) };
};

/** How the names of noised integers begin. */
export const NOISED = 'noised ';

/** The groups of a release by the text of their keys. */
export const labelsOf = ({ keys, columns }: Pick<SeenRelease, 'keys' | 'columns'>): readonly string[] => {
  const count = columns[0]?.value.length ?? 0;
  return Array.from({ length: count }, (_, i) => keys.map(({ of }) => of[i] ?? '').join(' / '));
};

/** The release in a text; undefined for a text that holds none, which is an observation too. */
export const releaseIn = (text: string): SeenRelease | undefined => {
  if (!text.startsWith('{')) return undefined;
  return fileShape.safeParse(JSON.parse(text)).data?.release;
};

const set = (seen: Map<string, number>, name: string, x: number | null | undefined): void => {
  if (x !== null && x !== undefined) seen.set(name, x);
};

/**
 * The exponent of the lowest bit set in a double: sums of noise in floating point have other ones for other counts (Mironov
 * 2012).
 */
const lastDigit = (x: number | null | undefined): number | undefined => {
  if (x === null || x === undefined || x === 0 || !Number.isFinite(x)) return undefined;
  let [whole, power] = [x, 0];
  for (; !Number.isInteger(whole); power--) whole *= 2;
  for (; whole % 2 === 0; power++) whole /= 2;
  return power;
};
