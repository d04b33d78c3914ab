import type { Page } from 'playwright';
import { openTab } from './privacy.ts';

/** The editor's text field. */
export const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the rule' });

/** Puts a text in place of the editor's, as somebody who pastes it. */
export const writeRule = async (page: Page, text: string): Promise<void> => {
  await editorOf(page).click();
  await page.keyboard.press('Control+A');
  // The clipboard is denied to the page: the event that a paste makes, with the text in it.
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    const field = document.querySelector('[data-typing]').shadowRoot.querySelector('[role="textbox"]');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }`);
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
