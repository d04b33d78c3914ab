export { canonicalQuery } from './canonical-query.ts';
export { countGroups, MOST_GROUPS, sizeOf } from './count-groups.ts';
export { parseQuery } from './parse-query.ts';
export { TIME_WIDTH_US } from './read-dimension.ts';
export { wrongQuery } from './refuse.ts';
