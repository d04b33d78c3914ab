/** A sentence of the engine for people in front of the app: what it says of the command line, in brackets, is left out. */
export const pageWords = (text: string): string => text.replaceAll(/ \(--[^)]*\)/gu, '');
