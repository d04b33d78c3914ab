import type { Diagnostic } from '../../rules/schema.ts';
import { lineAndColumn } from '../../rules/text/show-diagnostic.ts';

/** A diagnostic with its line and column, which count from 1. */
export type PlacedDiagnostic = Diagnostic & { readonly line: number; readonly column: number };

export const placed = (text: string, diagnostics: readonly Diagnostic[]): readonly PlacedDiagnostic[] =>
  diagnostics.map((diagnostic) => ({ ...diagnostic, ...lineAndColumn(text, diagnostic.from) }));
