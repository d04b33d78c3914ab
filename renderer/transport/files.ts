import type { Grant } from '../../core/api/contract.ts';
import { RefusedError } from './connection.ts';
import { bridge, token } from './reach.ts';
import { upload } from './upload.ts';

/** Bytes of how many that reached the server, and the file under way. Desktop: never, since nothing is copied. */
export type UploadProgress = {
  readonly file: string;
  readonly files: number;
  readonly fileIndex: number;
  readonly bytes: number;
  readonly totalBytes: number;
};

export type UploadWatch = {
  readonly onProgress?: (progress: UploadProgress) => void;
  readonly signal?: AbortSignal;
};

/** Files the user picks; an empty list when the user gave up. */
export const chooseFiles = async (watch: UploadWatch = {}): Promise<readonly Grant[]> =>
  bridge === null ? handOver(await pick(false), watch) : bridge.chooseFiles();

/** A folder the user picks: one grant on the desktop, its files in a browser. */
export const chooseFolder = async (watch: UploadWatch = {}): Promise<readonly Grant[]> =>
  bridge === null ? handOver(await pick(true), watch) : bridge.chooseFolder();

/** A case directory the user picks; null when the user gave up, and always in a browser, which cannot hand one over. */
export const chooseCase = async (): Promise<Grant | null> => (bridge === null ? null : bridge.chooseCase());

/** Files and folders dropped on the window; folders are walked in a browser. Call it in the drop event itself. */
export const grantDropped = async (transfer: DataTransfer, watch: UploadWatch = {}): Promise<readonly Grant[]> => {
  if (bridge !== null) return bridge.grantDropped([...transfer.files]);
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const plain = [...transfer.files];
  return handOver(entries.length === 0 ? plain : (await Promise.all(entries.map(walk))).flat(), watch);
};

const handOver = async (files: readonly File[], watch: UploadWatch): Promise<readonly Grant[]> => {
  if (token === null) throw new RefusedError();
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  const grants: Grant[] = [];
  let bytesBefore = 0;
  for (const [fileIndex, file] of files.entries()) {
    const report = (bytes: number): void =>
      watch.onProgress?.({ file: file.name, files: files.length, fileIndex, bytes: bytesBefore + bytes, totalBytes });
    report(0);
    grants.push(await upload(file, token, report, watch.signal));
    bytesBefore += file.size;
  }
  return grants;
};

const pick = (isFolder: boolean): Promise<readonly File[]> =>
  new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = isFolder;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });

const walk = async (entry: FileSystemEntry): Promise<readonly File[]> => {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const found: File[] = [];
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const inner of entries) found.push(...(await walk(inner)));
  }
};

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
