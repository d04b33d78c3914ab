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

/**
 * Asks for a folder and lets the engine write there (desktop), or takes the files as one ZIP and downloads it (browser).
 * Returns the number of files; null when the user gave up.
 */
export const saveFolder = async (
  name: string,
  produce: (place: {
    readonly to?: string;
  }) => Promise<{ readonly files: readonly string[]; readonly zip: Blob | null }>,
): Promise<number | null> => {
  if (bridge !== null) {
    const [folder] = await bridge.chooseFolder();
    return folder === undefined ? null : (await produce({ to: folder.id })).files.length;
  }
  const { files, zip } = await produce({});
  if (zip !== null) saveBlob(name, zip);
  return files.length;
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
