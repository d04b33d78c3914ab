type KeyLike = { readonly key: string; readonly altKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean };

/** Where a key moves the selected row to; null for keys that do not move, and where there is nowhere to go. */
export const keyMove = (
  { key, altKey, ctrlKey, metaKey }: KeyLike,
  at: { readonly index: number; readonly rowCount: number; readonly rowsPerPage: number },
): number | null => {
  if (at.rowCount === 0 || altKey || ctrlKey || metaKey) return null;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: at.rowsPerPage,
    PageUp: -at.rowsPerPage,
    Home: -at.rowCount,
    End: at.rowCount,
  };
  const step = steps[key];
  return step === undefined ? null : Math.min(at.rowCount - 1, Math.max(0, at.index + step));
};
