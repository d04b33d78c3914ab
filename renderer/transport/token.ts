const KEY = 'nightjar:token';

/** The token of this run, taken out of the address so that it is not kept in the history; null when there is none. */
export const takeToken = (): string | null => {
  const found = /^#token=([\w-]{16,128})$/.exec(location.hash)?.[1];
  if (found !== undefined) {
    sessionStorage.setItem(KEY, found);
    history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  }
  return sessionStorage.getItem(KEY);
};
