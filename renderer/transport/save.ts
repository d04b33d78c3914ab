import { bridge } from './reach.ts';

/** What an export of the contract answers: rows written, and the bytes where no place was granted. */
type Exported = { readonly rows: number; readonly file: Blob | null };

/**
 * Asks where to save, lets the engine write there (desktop), or takes its bytes and downloads them (browser).
 * Returns the number of rows; null when the user gave up.
 */
export const saveExport = async (
  name: string,
  produce: (place: { readonly to?: string }) => Promise<Exported>,
): Promise<number | null> => {
  if (bridge !== null) {
    const place = await bridge.chooseSave(name);
    return place === null ? null : (await produce({ to: place.id })).rows;
  }
  const { rows, file } = await produce({});
  if (file !== null) saveBlob(name, file);
  return rows;
};

/** Downloads bytes that the page made itself. */
const saveBlob = (name: string, blob: Blob): void => {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
