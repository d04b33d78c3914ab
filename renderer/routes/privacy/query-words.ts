type Query = Readonly<Record<string, unknown>>;

const MEASURES = ['sum', 'mean', 'variance', 'quantiles'] as const;

/** What a query asks, in a line: of what was written, nothing is looked up. */
export const measureWords = (query: Query): string => {
  const by = listOf(query['by']).map((each) => say(each['column']));
  const of = by.length === 0 ? '' : ` by ${by.join(', ')}`;
  if (isForest(query)) return 'Private forest to share';
  if (query['count'] !== undefined) return `Count of ${say(query['count'])}${of}`;
  if (query['findContributions'] !== undefined) return 'Search for bounds of rows per actor';
  if (query['findBounds'] !== undefined) return `Search for bounds of ${say(query['findBounds'])}`;
  if (query['top'] !== undefined) return `Top ${say(query['top'])} by ${say(query['of'])}${of}`;
  const measure = MEASURES.find((each) => query[each] !== undefined);
  return measure === undefined ? `Query${of}` : `${capital(measure)} of ${say(query[measure])}${of}`;
};

/** Whether it asks for a model instead of numbers. */
export const isForest = (query: Query): boolean => query['forest'] !== undefined;

/** What one actor may contribute, in a line. */
export const boundsWords = (query: Query): string => {
  const bounds = recordOf(query['bounds']);
  const parts = [
    bounds['groupsPerActor'] === undefined ? null : many(bounds['groupsPerActor'], 'group', 'per actor'),
    bounds['rowsPerGroup'] === undefined ? null : many(bounds['rowsPerGroup'], 'row', 'per group'),
    Array.isArray(bounds['value']) ? `values from ${bounds['value'].map(say).join(' to ')}` : null,
    bounds['step'] === undefined ? null : `on a grid of ${say(bounds['step'])}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'one row of each actor' : parts.join(', ');
};

/** How the keys of each dimension are given, one line each. */
export const dimensionWords = (query: Query): readonly string[] =>
  listOf(query['by']).map((each) => {
    const column = say(each['column']);
    const { keys, bins } = each;
    if (keys === 'unknown') return `${column}: keys chosen by the mechanism`;
    if (Array.isArray(keys))
      return `${column}: ${keys.length} declared keys (${keys.slice(0, 8).map(say).join(', ')}${keys.length > 8 ? ' …' : ''})`;
    if (Array.isArray(bins)) return `${column}: bins at ${bins.map(say).join(', ')}`;
    return `${column}: every ${say(each['every'])} from ${say(each['from'])} to ${say(each['to'])}`;
  });

const many = (value: unknown, one: string, per: string): string =>
  `${say(value)} ${value === 1 ? one : `${one}s`} ${per}`;
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
const isRecord = (value: unknown): value is Query =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const recordOf = (value: unknown): Query => (isRecord(value) ? value : {});
const listOf = (value: unknown): readonly Query[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** A part of a query as it was written. */
const say = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '?' : JSON.stringify(value);
