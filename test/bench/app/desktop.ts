export type Desktop = { readonly queueAfterS: number; readonly close: () => Promise<void> };
export const startDesktop = async (_home: string, _args: readonly string[]): Promise<Desktop | null> => null;
