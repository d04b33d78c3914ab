import { checkSml, type SmlNames } from './check-sml.ts';
import { parseSml, type SmlStatement } from './parse-sml.ts';
import { type SmlFault, SmlSyntaxError } from './tokens.ts';

export type { SmlFault };

/**
 * What is wrong with files of SML; empty where nothing is. It reads the part of Python that Osprey's parser takes, and checks
 * names, functions and types as its validators do. A file may use names of files that come before it. `functions` are those of
 * plug-ins.
 */
export const lintSml = (
  files: readonly { readonly name: string; readonly text: string }[],
  functions: readonly string[] = [],
): readonly (SmlFault & { readonly file: string })[] => {
  const names: SmlNames = new Map();
  return files.flatMap(({ name: file, text }) => {
    const statements = read(text);
    const faults = 'fault' in statements ? [statements.fault] : checkSml(statements.statements, names, functions);
    return faults.map((fault) => ({ ...fault, file }));
  });
};

const read = (text: string): { readonly statements: readonly SmlStatement[] } | { readonly fault: SmlFault } => {
  try {
    return { statements: parseSml(text) };
  } catch (error) {
    if (error instanceof SmlSyntaxError) return { fault: error.fault };
    throw error;
  }
};
