import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { ORIGIN } from './own-address.ts';

/** True for a message of the window's own page, not of a frame in it or of another page. */
export const isFromPage = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${ORIGIN}/`);
