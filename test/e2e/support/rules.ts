import type { Page } from 'playwright';
import { openTab } from './privacy.ts';

/** The editor's text field. */
export const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the rule' });

/** Puts a text in place of the editor's, as somebody who pastes it. */
export const writeRule = async (page: Page, text: string): Promise<void> => {
  await editorOf(page).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
};

/** A rule over events of the sample log. */
export const BURST = `rule burst_of_events "Many events within a minute"
  intent "scripted use"
  severity high
  effect label scripted
  author "Trust & Safety"
  for each actor_id
  in any 1 minute
  when count() >= 12
`;

/** Opens the side of a rule: its text, a backtest, its versions. */
export const openPart = openTab;
