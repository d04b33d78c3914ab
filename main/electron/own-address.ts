/** The page's scheme and host. */
export const SCHEME = 'app';
export const ORIGIN = 'app://nightjar';
export const START_ADDRESS = 'app://nightjar/index.html';

/** True for a file of the page, what the page made itself (`blob:`, images as `data:`), and Chromium's own developer tools. */
export const isOwnAddress = (address: string): boolean =>
  address.startsWith(`${ORIGIN}/`) ||
  address.startsWith(`blob:${ORIGIN}/`) ||
  address.startsWith('data:image/') ||
  address.startsWith('devtools://devtools/');
