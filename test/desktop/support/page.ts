import { writeFileSync } from 'node:fs';

/** Expressions for the page, and logs to drop on it. */
export const QUEUE_IS_PAINTED =
  "location.hash.startsWith('#/explore') && document.querySelectorAll('[role=grid] [role=row]').length > 10";

/** True once the page shows the text. */
export const shows = (text: string): string => `document.body.textContent.includes(${JSON.stringify(text)})`;

/** The footer of the page. */
export const STATUS = "(document.querySelector('footer')?.textContent ?? '')";

/** True once the engine told the page its mode: the page has a line. */
export const PAGE_IS_UP = `/Offline/.test(${STATUS})`;

/** A log of 500 actors, some busier than others, a row per event; returns its path. */
export const writeLog = (path: string, events: number): string => {
  const rows = Array.from({ length: events }, (_, i) => {
    const actor = i % 3 === 0 ? i % 500 : (i * i) % 500;
    return `2026-01-01T00:00:${String(i % 60).padStart(2, '0')}Z,u${actor},${ACTIONS[(actor + i) % 7] ?? 'like'}`;
  });
  writeFileSync(path, `time,user,action\n${rows.join('\n')}\n`);
  return path;
};

const ACTIONS = ['login', 'post', 'follow', 'message'];
