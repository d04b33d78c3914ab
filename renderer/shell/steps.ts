import { DecisionsIcon, ExploreIcon, ImportIcon, OfflineIcon, RunIcon, StartIcon } from '../ui/icons.tsx';

/** The steps in the order of the work, with the second key of `g …`. */
export const STEPS = [
  { to: '/', title: 'Start', key: 's', icon: StartIcon },
  { to: '/import', title: 'Import', key: 'i', icon: ImportIcon },
  { to: '/explore', title: 'Explore', key: 'e', icon: ExploreIcon },
  { to: '/decisions', title: 'Decisions', key: 'd', icon: DecisionsIcon },
  { to: '/run', title: 'How it was made', key: 'r', icon: RunIcon },
  { to: '/privacy', title: 'Privacy', key: 'p', icon: OfflineIcon },
] as const;
