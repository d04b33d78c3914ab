import { useEffect, useRef } from 'react';
import { createStore, useStore } from '../store.ts';
import { isMac } from './platform.ts';

export type Command = {
  readonly id: string;
  /** A verb and what it is done to. */
  readonly title: string;
  /** `Mod+K`, `Shift+Mod+Z`, `?`, `j`, `Enter`, or two in a row: `g s`. */
  readonly keys?: string;
  /** Where it stands in the palette and on the sheet of keys. */
  readonly group: string;
  readonly run: () => void;
  readonly isEnabled?: boolean;
  /** Left out of the palette: of use with its key only, such as moving in a list. */
  readonly isHidden?: boolean;
};

type Registration = { readonly commands: readonly Command[] };

const registrations = createStore<readonly Registration[]>([]);
const CHORD_MS = 1200;

/** Makes commands known while the component is mounted. A later component's key wins over an earlier one's. */
export const useCommands = (commands: readonly Command[]): void => {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = commands
    .map(({ id, title, keys, group, isEnabled, isHidden }) =>
      [id, title, keys, group, isEnabled, isHidden].join('\u0000'),
    )
    .join('\u0001');
  useEffect(() => {
    const registration = {
      commands: latest.current.map((command) => ({
        ...command,
        run: () => latest.current.find(({ id }) => id === command.id)?.run(),
      })),
    };
    registrations.set([...registrations.get(), registration]);
    return () => registrations.set(registrations.get().filter((other) => other !== registration));
  }, [shape]);
};

/** Every command that can be run now, by id: the one registered last. */
export const listCommands = (): readonly Command[] => {
  const byId = new Map(registrations.get().flatMap(({ commands }) => commands.map((command) => [command.id, command])));
  return [...byId.values()].filter(({ isEnabled }) => isEnabled !== false);
};

/** The same, followed by the component. */
export const useCommandList = (): readonly Command[] => {
  useStore(registrations);
  return listCommands();
};

/** Runs a command by its id; nothing when it is not to be had now. */
export const runCommand = (id: string): void =>
  listCommands()
    .find((command) => command.id === id)
    ?.run();

/** A key event as commands write it: `Mod+K`, `Shift+Mod+Z`, `?`, `j`, `Enter`. */
const keysOf = (event: KeyboardEvent): string => {
  const isMod = isMac ? event.metaKey : event.ctrlKey;
  const name = event.key.length === 1 ? (isMod ? event.key.toUpperCase() : event.key) : event.key;
  const isShiftSaid = event.shiftKey && (isMod || event.key.length > 1);
  return [isShiftSaid ? 'Shift' : '', isMod ? 'Mod' : '', event.altKey ? 'Alt' : '', name]
    .filter((part) => part !== '')
    .join('+');
};

const TYPES =
  'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="searchbox"], [role="combobox"], [data-typing]';
const POPUPS = '[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]';

/** Starts to listen for keys; returns how to stop. Single keys do nothing while someone types or a popup is open. */
export const listenForKeys = (
  target: Pick<Window, 'addEventListener' | 'removeEventListener'> = window,
): (() => void) => {
  let pending: { readonly keys: string; readonly atMs: number } | null = null;
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    const keys = keysOf(event);
    const element = event.target instanceof Element ? event.target : null;
    const isGuarded = element?.closest(`${TYPES}, ${POPUPS}`) !== null && element !== null;
    if (isGuarded && !keys.includes('Mod+')) return;
    if (element?.closest(TYPES) && /^(Shift\+)?Mod\+[ZYACVX]$/.test(keys)) return;
    const isStandard = ['Enter', ' '].includes(event.key) && element?.closest('button, a, summary, [role="button"]');
    if (isStandard) return;
    const chord = pending !== null && event.timeStamp - pending.atMs < CHORD_MS ? `${pending.keys} ${keys}` : null;
    const commands = listCommands();
    const lastWith = (wanted: string | null): Command | undefined =>
      commands.filter((command) => wanted !== null && command.keys === wanted).at(-1);
    const found = lastWith(chord) ?? lastWith(keys);
    const startsChord = commands.some((command) => command.keys?.startsWith(`${keys} `));
    pending = found === undefined && startsChord ? { keys, atMs: event.timeStamp } : null;
    if (found === undefined) return;
    event.preventDefault();
    found.run();
  };
  target.addEventListener('keydown', onKey);
  return () => target.removeEventListener('keydown', onKey);
};
