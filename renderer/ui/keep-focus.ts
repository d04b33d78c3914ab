/** What somebody who hears the page knows by a name, and where Tab goes on from there. */
const PLACES =
  '[role="grid"], [role="toolbar"], [role="group"], [role="region"], [role="dialog"], section[aria-label], ' +
  'section[aria-labelledby], fieldset, ul[aria-label], aside, footer[aria-label], main';

/** Somewhere to go on from; an empty place is left as well. */
const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

type Spot = { readonly element: HTMLElement; readonly around: readonly HTMLElement[] };
type Held = Spot & {
  /** Where the focus was before it came into this part of the page. */
  readonly before: Spot | null;
};

/**
 * Keeps the keyboard's place: when what has the focus goes away or can no longer be pressed, the nearest named part of the
 * page that is left gets it, and not the top of the page. No other control gets it: a second Enter would press that. Who
 * pressed a message over the status bar goes back to where they came from. Returns how to stop.
 */
export const keepFocus = (): (() => void) => {
  let held: Held | null = null;
  const onFocusIn = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    const around = placesAround(target);
    held = { element: target, around, before: cameFrom(held, around[0]) };
  };
  const onPointerUp = (): void => {
    if (document.activeElement === document.body && held?.element.isConnected === true) held = null; // it was let go of
  };
  const look = (): void => {
    const lost = held;
    if (lost === null || !isGone(lost.element)) return;
    held = null;
    afterOthers(() => {
      const now = document.activeElement;
      if (now !== null && now !== document.body && !isGone(now)) return;
      const next = [...lost.around, ...(lost.before === null ? [] : [lost.before.element, ...lost.before.around])];
      const place = next.find((element) => element.isConnected && (element.matches(CONTROLS) || hasControls(element)));
      if (place !== undefined) focusOn(place);
    });
  };
  const watch = new MutationObserver(look);
  document.addEventListener('focusin', onFocusIn);
  document.addEventListener('pointerup', onPointerUp);
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
  return () => {
    document.removeEventListener('focusin', onFocusIn);
    document.removeEventListener('pointerup', onPointerUp);
    watch.disconnect();
  };
};

/** A dialog that closes gives the focus back in the next frame. */
const afterOthers = (run: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(run));
};

const placesAround = (element: HTMLElement): readonly HTMLElement[] => {
  const places: HTMLElement[] = [];
  for (let at = element.parentElement; at !== null; at = at.parentElement) if (at.matches(PLACES)) places.push(at);
  return places;
};

const cameFrom = (held: Held | null, place: HTMLElement | undefined): Spot | null => {
  if (held === null) return null;
  return place?.contains(held.element) === true ? held.before : { element: held.element, around: held.around };
};

const isGone = (element: Element): boolean => !element.isConnected || element.matches(':disabled');

const hasControls = (place: HTMLElement): boolean => place.querySelector(CONTROLS) !== null;

const focusOn = (place: HTMLElement): void => {
  if (!place.matches('[tabindex]') && !place.matches(CONTROLS)) {
    place.tabIndex = -1;
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  }
  place.focus({ preventScroll: true });
};
