import { createStore } from './store.ts';
import { bridge } from './transport/reach.ts';

/** What was written somewhere and is not saved, by place. */
const unsaved = createStore<ReadonlySet<string>>(new Set());

/** Notes whether a place holds what a reload would lose. */
export const setUnsaved = (place: string, isUnsaved: boolean): void => {
  if (unsaved.get().has(place) === isUnsaved) return;
  const next = new Set(unsaved.get());
  if (!next.delete(place)) next.add(place);
  unsaved.set(next);
};

/** A browser asks before a reload, or the closing of a tab, takes what was not saved. So does the desktop, which is told. */
export const guardUnsaved = (): void => {
  const isUnsaved = (): boolean => unsaved.get().size > 0;
  if (bridge === null) {
    window.addEventListener('beforeunload', (event) => {
      if (isUnsaved()) event.preventDefault();
    });
    return;
  }
  const { setUnsaved: tell } = bridge;
  const say = (): void => tell(isUnsaved());
  say();
  unsaved.subscribe(say);
};
