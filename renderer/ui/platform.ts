/** True where Mod is the Command key. */
export const isMac = /^Mac|^iP/.test(navigator.platform);
