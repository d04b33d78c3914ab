import { useQuery } from '@tanstack/react-query';
import { api } from '../client.ts';
import { DecisionsIcon, ExploreIcon, ImportIcon, OfflineIcon, RulesIcon, RunIcon, StartIcon } from '../ui/icons.tsx';

/** The steps in the order of the work, with the second key of `g …`. */
const STEPS = [
  { to: '/', title: 'Start', key: 's', icon: StartIcon },
  { to: '/import', title: 'Import', key: 'i', icon: ImportIcon },
  { to: '/explore', title: 'Explore', key: 'e', icon: ExploreIcon },
  { to: '/decisions', title: 'Decisions', key: 'd', icon: DecisionsIcon },
  { to: '/rules', title: 'Rules', key: 'r', icon: RulesIcon },
  { to: '/run', title: 'How it was made', key: 'h', icon: RunIcon },
  { to: '/privacy', title: 'Privacy', key: 'p', icon: OfflineIcon },
] as const;

/** Steps of a reviewer, who sees no single actor. */
const REVIEWED: ReadonlySet<string> = new Set(['/', '/rules', '/privacy']);

/** Whether whoever has opened the app may see the screen at an address: a reviewer sees no single actor. */
export const useMayGo = (path: string): boolean => {
  const { data: app } = useQuery(api.app.info.queryOptions());
  return app?.role !== 'reviewer' || REVIEWED.has(path) || STEPS.every(({ to }) => to !== path);
};

/** The steps that whoever has opened the app may take. */
export const useSteps = (): readonly (typeof STEPS)[number][] => {
  const { data: app } = useQuery(api.app.info.queryOptions());
  return app?.role === 'reviewer' ? STEPS.filter(({ to }) => REVIEWED.has(to)) : STEPS;
};
