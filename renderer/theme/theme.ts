import { createStore, useStore } from '../store.ts';
import { THEMES } from './tokens.ts';
import type { ThemeName, Tokens } from './tokens.ts';

export type ThemeChoice = ThemeName | 'system';

const KEY = 'nightjar:theme';
const CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark', 'high-contrast'];

const isChoice = (text: string | null): text is ThemeChoice => CHOICES.some((choice) => choice === text);

const matches = (query: string): boolean =>
  typeof globalThis.matchMedia === 'function' && globalThis.matchMedia(query).matches;

const systemTheme = (): ThemeName => {
  if (matches('(prefers-contrast: more)')) return 'high-contrast';
  return matches('(prefers-color-scheme: dark)') ? 'dark' : 'light';
};

const saved = localStorage.getItem(KEY);
const choice = createStore<ThemeChoice>(isChoice(saved) ? saved : 'system');
const resolved = createStore<ThemeName>('light');

const apply = (): void => {
  const wanted = choice.get();
  resolved.set(wanted === 'system' ? systemTheme() : wanted);
  document.documentElement.dataset['theme'] = resolved.get();
};

/** Puts the saved theme on the page and follows the system from then on. */
export const startTheme = (): void => {
  apply();
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
    globalThis.matchMedia(query).addEventListener('change', apply);
  }
};

/** Changes the theme for this user, now and at the next start. */
export const chooseTheme = (next: ThemeChoice): void => {
  localStorage.setItem(KEY, next);
  choice.set(next);
  apply();
};

/** What is shown, its colours for canvases and plots, and what the user chose. */
export const useTheme = (): { readonly name: ThemeName; readonly tokens: Tokens; readonly choice: ThemeChoice } => {
  const name = useStore(resolved);
  return { name, tokens: THEMES[name], choice: useStore(choice) };
};
