import type { Page, WebSocketRoute } from 'playwright';

/** The line between page and engine, as a slow or a broken machine would make it. */
export type Line = {
  /** Keeps what the engine says to itself from now on, until `release`; then all of it arrives, in its order. */
  readonly hold: () => void;
  readonly release: () => void;
  /** How often the page has said something to the engine. */
  readonly sent: () => number;
  /** Cuts it, with all that was kept; the page dials again. */
  readonly cut: () => Promise<void>;
};

/** Puts it into a page; before the page is opened. */
export const bendLine = async (page: Page): Promise<Line> => {
  let kept: (() => void)[] | null = null;
  let latest: WebSocketRoute | null = null;
  let sent = 0;
  await page.routeWebSocket(/\/engine$/u, (route) => {
    latest = route;
    const server = route.connectToServer();
    route.onMessage((message) => {
      sent++;
      server.send(message);
    });
    server.onMessage((message) => {
      if (kept === null) route.send(message);
      else kept.push(() => route.send(message));
    });
  });
  const release = (): void => {
    for (const send of kept ?? []) send();
    kept = null;
  };
  return {
    hold: () => {
      kept ??= [];
    },
    release,
    sent: () => sent,
    cut: async () => {
      kept = null;
      await latest?.close({ code: 4000, reason: 'cut' });
    },
  };
};
