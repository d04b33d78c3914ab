export { ExploreScreen } from './explore-screen.tsx';
export { exploreSearch } from './search.ts';
export type { ExploreSearch } from './search.ts';
