import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopBridge, Grant } from '../../core/api/contract.ts';
import { CHANNELS } from './channels.ts';

/** The part of the page's window that is used here: this file alone of main runs beside a page. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, origin: string, transfer?: readonly unknown[]): void;
};

/** All that the page gets of the desktop: a line to the engine, dialogs, and grants for what was dropped on it. */
const bridge: DesktopBridge = {
  connect: () => ipcRenderer.send(CHANNELS.connect),
  chooseFiles: (): Promise<readonly Grant[]> => ipcRenderer.invoke(CHANNELS.chooseFiles),
  chooseFolder: (): Promise<readonly Grant[]> => ipcRenderer.invoke(CHANNELS.chooseFolder),
  chooseCase: (): Promise<Grant | null> => ipcRenderer.invoke(CHANNELS.chooseCase),
  chooseSave: (suggestedName: string): Promise<Grant | null> => ipcRenderer.invoke(CHANNELS.chooseSave, suggestedName),
  grantDropped: (files: readonly File[]): Promise<readonly Grant[]> =>
    ipcRenderer.invoke(
      CHANNELS.grantDropped,
      [...files].map(pathOf).filter((path) => path !== ''),
    ),
  setUnsaved: (isUnsaved: boolean) => ipcRenderer.send(CHANNELS.unsaved, isUnsaved),
};

/** The path of a file that a person dropped or chose; empty for one that a page made up. */
const pathOf = (file: File & { readonly path?: string }): string =>
  webUtils === undefined ? (file.path ?? '') : webUtils.getPathForFile(file); // before Electron 32 the file said it itself

const { origin } = window.location;
ipcRenderer.on(CHANNELS.port, (event) => window.postMessage({ type: 'nightjar:engine' }, origin, [...event.ports]));
ipcRenderer.on(CHANNELS.engineLost, (_event, reason: unknown) =>
  window.postMessage({ type: 'nightjar:engine-lost', reason: String(reason) }, origin),
);
contextBridge.exposeInMainWorld('nightjar', bridge);
