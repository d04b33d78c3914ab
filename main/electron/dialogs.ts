import { existsSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { dialog, ipcMain, type BrowserWindow, type IpcMainInvokeEvent, type OpenDialogOptions } from 'electron';
import type { Grant } from '../../core/api/contract.ts';
import type { EngineHost } from '../engine/host.ts';
import { CHANNELS } from './channels.ts';
import { isFromPage } from './from-page.ts';
import type { UtilityEngine } from './utility-engine.ts';

/** Lets the page ask for files, folders and places to write to. What it gets are grants; no path reaches it. */
export const answerDialogs = (window: BrowserWindow, host: EngineHost<UtilityEngine>): void => {
  const choose = async (kind: Grant['kind'], options: OpenDialogOptions): Promise<Grant[]> => {
    const { filePaths } = await dialog.showOpenDialog(window, options);
    return Promise.all(filePaths.map((path) => host.grant(path, kind)));
  };
  handle(CHANNELS.chooseFiles, () =>
    choose('file', {
      title: 'Choose logs',
      buttonLabel: 'Choose',
      properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
    }),
  );
  handle(CHANNELS.chooseFolder, () =>
    choose('folder', {
      title: 'Choose a folder',
      buttonLabel: 'Choose',
      properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
    }),
  );
  handle(CHANNELS.chooseCase, async () => {
    const title = { title: 'Choose a case', buttonLabel: 'Open' };
    const [grant] = await choose('case', { ...title, properties: ['openDirectory', 'dontAddToRecent'] });
    return grant ?? null;
  });
  handle(CHANNELS.chooseSave, async (name) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Save',
      defaultPath: basename(typeof name === 'string' ? name : 'export.csv'),
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    });
    return canceled || !filePath ? null : host.grant(filePath, 'save');
  });
  handle(CHANNELS.grantDropped, (paths) => {
    const dropped = Array.isArray(paths) ? paths.filter(isThere) : [];
    return Promise.all(dropped.map((path) => host.grant(path, kindOf(path))));
  });
};

const handle = (channel: string, answer: (argument: unknown) => Promise<unknown>): void =>
  ipcMain.handle(channel, (event: IpcMainInvokeEvent, argument: unknown) => {
    if (!isFromPage(event)) throw new Error('not from the page');
    return answer(argument);
  });

const isThere = (path: unknown): path is string => typeof path === 'string' && isAbsolute(path) && existsSync(path);

const kindOf = (path: string): Grant['kind'] => {
  if (!statSync(path).isDirectory()) return 'file';
  return existsSync(join(path, 'case.json')) ? 'case' : 'folder';
};
