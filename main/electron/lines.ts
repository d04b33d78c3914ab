import { ipcMain, MessageChannelMain, type WebContents } from 'electron';
import { CHANNELS } from './channels.ts';
import { isFromPage } from './from-page.ts';
import type { UtilityEngine } from './utility-engine.ts';

/**
 * Introduces the page to the engine of now: each gets one end of a channel, and this process hears nothing of what they
 * say. A page that asked once gets a line to every engine that comes after.
 */
export const keepLine = (contents: WebContents, engine: () => UtilityEngine) => {
  let wanted = false;
  const open = (): void => {
    const { port1, port2 } = new MessageChannelMain();
    engine().openLine(port1);
    contents.postMessage(CHANNELS.port, null, [port2]);
  };
  ipcMain.on(CHANNELS.connect, (event) => {
    if (!isFromPage(event)) return;
    wanted = true;
    open();
  });
  return {
    /** A new engine took the place of one that was lost. */
    reopen: (): void => {
      if (wanted && !contents.isDestroyed()) open();
    },
    lost: (how: string): void => {
      if (!contents.isDestroyed()) contents.send(CHANNELS.engineLost, how);
    },
  };
};
