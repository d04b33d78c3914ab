import { NightjarError } from '../../api/errors.ts';
import type { JsonValue } from '../keys/index.ts';
import type { ReleaseRows } from '../schema.ts';

/**
 * A whole path from rows to what an observer gets: the text of a release file, for a query as JSON. The product has one;
 * tests hand in faulty ones. What it throws counts as released.
 */
export type ReleasePath = (query: JsonValue, rows: ReleaseRows) => Promise<string>;

/** What an observer gets of one run: the text, or what the error says. */
export const whatLeaves = (path: ReleasePath): ReleasePath => {
  return async (query, rows) => {
    try {
      return await path(query, rows);
    } catch (error) {
      if (error instanceof NightjarError) {
        if (error.code === 'cancelled') throw error;
        return `error ${error.code}: ${error.message} ${error.where ?? ''} ${error.next ?? ''}`;
      }
      return `error: ${error instanceof Error ? `${error.name}: ${error.message}` : typeof error}`;
    }
  };
};
