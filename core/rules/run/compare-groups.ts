/** Groups by their texts, in the order of their UTF-16 units. */
export const compareGroups = (a: readonly string[], b: readonly string[]): number => {
  for (const [i, text] of a.entries()) {
    const other = b[i] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
};
