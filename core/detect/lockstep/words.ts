/** A number of actors or objects, in as many digits as it deserves. */
export const countOf = (value: number): string => {
  if (value < 0.05) return '0';
  return value < 10 ? value.toPrecision(value < 1 ? 1 : 2).replace(/\.0$/, '') : String(Math.round(value));
};

/** The first few names as a list. */
export const listOf = (names: readonly string[], most: number): string => {
  const named = names.slice(0, most);
  if (names.length > most) return `${named.join(', ')} and ${names.length - most} more`;
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}`;
};

/** A length of time of whole minutes, hours or days. */
export const durationOf = (seconds: number): string => {
  const [size, unit] = UNITS.find(([each]) => seconds >= each && seconds % each === 0) ?? [1, 'second'];
  const count = seconds / size;
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
};

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
] as const;
