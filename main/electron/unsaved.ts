import { ipcMain } from 'electron';
import { CHANNELS } from './channels.ts';
import { isFromPage } from './from-page.ts';

/** Hears from the page whether something in it is not saved; what is returned says what it said last. */
export const hearUnsaved = (): (() => boolean) => {
  let isUnsaved = false;
  ipcMain.on(CHANNELS.unsaved, (event, value: unknown) => {
    if (isFromPage(event)) isUnsaved = value === true;
  });
  return () => isUnsaved;
};
