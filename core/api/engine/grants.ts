import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { newIdentifier } from '../../store/index.ts';
import type { Grant } from '../contract/common.ts';
import { NightjarError } from '../errors.ts';

/** Paths that the user chose, behind ids that say nothing. */
export type Grants = {
  grant(path: string, kind: Grant['kind']): Grant;
  /** The path behind an id. Errors: `usage` for one that was not given, or for something else. */
  pathOf(id: string, ...kinds: readonly Grant['kind'][]): string;
};

/** Grants live as long as the engine. */
export const createGrants = (): Grants => {
  const granted = new Map<string, { readonly path: string; readonly kind: Grant['kind'] }>();
  return {
    grant: (path, kind) => {
      const id = newIdentifier();
      granted.set(id, { path, kind });
      return { id, name: basename(path), kind, bytes: kind === 'file' ? sizeOf(path) : 0 };
    },
    pathOf: (id, ...kinds) => {
      const found = granted.get(id);
      if (found !== undefined && kinds.includes(found.kind)) return found.path;
      const next = 'Choose it again: a choice holds until the engine is started anew.';
      throw new NightjarError('usage', 'This was not chosen, or not for this.', { where: kinds.join(' or '), next });
    },
  };
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
