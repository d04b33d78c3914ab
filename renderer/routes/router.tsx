import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { NotFound, ScreenError } from '../shell/screen-error.tsx';
import { Shell } from '../shell/shell.tsx';
import { DecisionsScreen } from './decisions/index.ts';
import { exploreSearch, ExploreScreen } from './explore/index.ts';
import { GalleryScreen } from './gallery/index.ts';
import { ImportScreen } from './import/index.ts';
import { PrivacyScreen, privacySearch } from './privacy/index.ts';
import { rulesSearch } from './rules/search.ts';
import { RunScreen } from './run/index.ts';
import { decisionsSearch, importSearch } from './search.ts';
import { StartScreen } from './start/index.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const start = createRoute({ getParentRoute: () => root, path: '/', component: StartScreen });
const importFiles = createRoute({
  getParentRoute: () => root,
  path: '/import',
  component: ImportScreen,
  validateSearch: importSearch,
});
const explore = createRoute({
  getParentRoute: () => root,
  path: '/explore',
  component: ExploreScreen,
  validateSearch: exploreSearch,
});
const decisions = createRoute({
  getParentRoute: () => root,
  path: '/decisions',
  component: DecisionsScreen,
  validateSearch: decisionsSearch,
});
const run = createRoute({ getParentRoute: () => root, path: '/run', component: RunScreen });
const privacy = createRoute({
  getParentRoute: () => root,
  path: '/privacy',
  component: PrivacyScreen,
  validateSearch: privacySearch,
});
const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  // The editor is as large as the rest of the page: it comes when it is asked for.
  component: lazyRouteComponent(() => import('./rules/index.ts'), 'RulesScreen'),
  validateSearch: rulesSearch,
});
const gallery = createRoute({ getParentRoute: () => root, path: '/gallery', component: GalleryScreen });

/** Every screen and its address. The address holds what a user could want back. */
export const router = createRouter({
  routeTree: root.addChildren([start, importFiles, explore, decisions, run, rules, privacy, gallery]),
  history: createHashHistory(),
  defaultErrorComponent: ScreenError,
  defaultNotFoundComponent: NotFound,
  defaultPendingMs: 100,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
