import type { Detector } from '../detector.ts';
import { fitLockstep, type Lockstep } from './fit.ts';
import { loadLockstep, saveLockstep } from './persist.ts';
import { attributeLockstep, chanceOfLockstep, scoreLockstep } from './score.ts';

/** Lockstep: actors more alike, or more often together, than strangers are by chance. */
export const lockstep: Detector<Lockstep> = {
  name: 'lockstep',
  sentence: 'Finds actors that resemble each other, or act together, more than chance explains.',
  cost: 'fit: rows × columns × (views + columns) and events × 16; bounded pairs; score: what fit found',
  evidence: 'alike',
  needs: { minRows: 50, mostColumns: 200, scale: 'linear', missing: true, categories: true },
  fit: fitLockstep,
  score: scoreLockstep,
  attribute: attributeLockstep,
  save: saveLockstep,
  load: loadLockstep,
  chance: chanceOfLockstep,
  groups: ({ found }) => found?.groups ?? [],
};
