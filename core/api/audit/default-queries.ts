import type { JsonValue } from '../../release/keys/index.ts';

/** What is audited where no query is given, over the columns of an imported log. */
export const DEFAULT_QUERIES: readonly { readonly query: JsonValue; readonly needsDelta: boolean }[] = [
  {
    needsDelta: false,
    query: {
      count: 'events',
      by: [{ column: 'country', keys: ['AT', 'CH', 'DE', 'FR', 'IT', 'PL'] }],
      bounds: { groupsPerActor: 1, rowsPerGroup: 3 },
    },
  },
  {
    needsDelta: false,
    query: {
      mean: 'amount',
      by: [{ column: 'country', keys: ['AT', 'CH', 'DE', 'FR', 'IT', 'PL'] }],
      bounds: { groupsPerActor: 1, rowsPerGroup: 2, value: [0, 100], step: 1 },
    },
  },
  {
    needsDelta: true,
    query: { count: 'actors', by: [{ column: 'country', keys: 'unknown' }], bounds: { groupsPerActor: 1 } },
  },
];
