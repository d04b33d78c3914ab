import { basename } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';

/** Asks before work in progress is given up. Escape, Enter and closing the dialog all keep it. */
export const askToStopWork = async (window: BrowserWindow): Promise<boolean> =>
  confirm(window, {
    message: 'Nightjar is still working.',
    detail:
      'An import or a ranking is under way, or the engine does not answer. If you quit now, such work is given up and nothing of it is kept; the case stays as it was before it began. Your decisions are saved.',
    yes: 'Stop and quit',
    no: 'Keep working',
  });

/** Asks before what was written and not saved is lost. Escape, Enter and closing the dialog all keep it. */
export const askToLoseDraft = async (window: BrowserWindow, act: 'close' | 'reload'): Promise<boolean> =>
  confirm(window, {
    message: 'A rule or a note is not saved.',
    detail: `If you ${act} the window now, what was written since it was last saved is lost.`,
    yes: act === 'close' ? 'Close without saving' : 'Reload without saving',
    no: 'Stay',
  });

/** Asks before another case takes the place of the open one. */
export const askToOpenCase = async (window: BrowserWindow, directory: string): Promise<boolean> =>
  confirm(window, {
    message: `Open the case ${basename(directory)}?`,
    detail: 'It takes the place of the case that is open now, which stays as it is.',
    yes: 'Open',
    no: 'Stay',
  });

/** Says that something cannot be done now. */
export const tell = async (window: BrowserWindow, message: string, detail: string): Promise<void> => {
  await dialog.showMessageBox(window, { type: 'info', message, detail, buttons: ['OK'], noLink: true });
};

const confirm = async (
  window: BrowserWindow,
  { message, detail, yes, no }: { message: string; detail: string; yes: string; no: string },
): Promise<boolean> => {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail,
    buttons: [no, yes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
};
