import type { DesktopBridge } from '../../core/api/contract.ts';
import { takeToken } from './token.ts';

/** The desktop's side of this window; null in a browser. */
export const bridge: DesktopBridge | null = window.nightjar ?? null;

/** True where the page was opened, not reloaded: the address names no screen yet. */
export const isFreshStart: boolean = !location.hash.startsWith('#/');

/** What lets this page talk to the loopback server; null on the desktop, or where nobody gave us one. */
export const token: string | null = bridge === null ? takeToken() : null;
