import { z } from 'zod';
import { NightjarError } from '../../api/errors.ts';
import { MAX_COLUMNS } from '../isolation-forest/forest.ts';
import { arrayOf, metaOf, readModel, writeModel, type ModelContent } from '../model-file.ts';
import { emptyCutForest, FOREST_ARRAYS, isPlain, nodesOf, type CutForest } from './cut-forest.ts';
import { RECIPES, type RecipeName } from './recipes.ts';

const forestSchema = z.object({
  recipe: z.string(),
  names: z.array(z.string()).min(1).max(MAX_COLUMNS),
  levels: z.array(z.int().nonnegative().max(65_535)),
  terms: z.int().positive().max(64),
  trees: z.int().positive().max(1e6),
  depth: z.int().positive().max(65_535),
  sampleSize: z.int().positive().max(65_535),
});

const metaSchema = z.object({ forests: z.array(forestSchema).min(1).max(64) });

/** Forests as one model file: cuts, leaf values and counts; no training row. */
export const saveCutForests = (kind: string, version: number, forests: readonly CutForest[]): Uint8Array => {
  const arrays: Record<string, ModelContent['arrays'][string]> = {};
  const metas = forests.map((forest, i) => {
    const { recipe, names, levels, terms, trees, depth, sampleSize } = forest;
    for (const name of FOREST_ARRAYS) arrays[`${i}.${name}`] = forest[name];
    return { recipe, names, levels, terms, trees, depth, sampleSize };
  });
  return writeModel({ kind, version, meta: { forests: metas }, arrays });
};

/** Reads what `saveCutForests` wrote, one forest per recipe, in that order; errors as `readModel`. */
const loadCutForests = (
  kind: string,
  version: number,
  bytes: Uint8Array,
  recipes: readonly RecipeName[],
): CutForest[] => {
  const content = readModel(bytes, kind, version);
  const { forests } = metaOf(content, metaSchema);
  if (forests.length !== recipes.length) throw tornModel(kind);
  return forests.map((shape, i) => {
    const recipe = recipes[i];
    if (recipe === undefined || shape.recipe !== recipe || shape.terms !== RECIPES[recipe].terms) throw tornModel(kind);
    if (shape.levels.length !== shape.names.length) throw tornModel(kind);
    if (shape.depth > 16 && shape.terms === 1 && shape.levels.every((count) => count === 0)) throw tornModel(kind);
    const cover = arrayOf(content, `${i}.cover`, 'uint16', shape.trees * nodesOf(shape)); // before room is made for what is only said
    const forest = emptyCutForest(shape);
    forest.left.set(arrayOf(content, `${i}.left`, 'int32', forest.left.length));
    forest.feature.set(arrayOf(content, `${i}.feature`, 'uint16', forest.feature.length));
    forest.coefficient.set(arrayOf(content, `${i}.coefficient`, 'float32', forest.coefficient.length));
    forest.threshold.set(arrayOf(content, `${i}.threshold`, 'float32', forest.threshold.length));
    forest.missingRight.set(arrayOf(content, `${i}.missingRight`, 'uint8', forest.missingRight.length));
    forest.pathLength.set(arrayOf(content, `${i}.pathLength`, 'float64', forest.pathLength.length));
    forest.cover.set(cover);
    forest.levelsRight.set(arrayOf(content, `${i}.levelsRight`, 'int32', forest.levelsRight.length));
    if (forest.feature.some((column) => column >= shape.names.length)) throw tornModel(kind);
    if (forest.missingRight.some((side) => side > 1) || !leadsToLeaves(forest)) throw tornModel(kind);
    return forest;
  });
};

/** The same for a file of one forest. */
export const loadCutForest = (kind: string, version: number, bytes: Uint8Array, recipe: RecipeName): CutForest => {
  const [forest] = loadCutForests(kind, version, bytes, [recipe]);
  if (forest === undefined) throw tornModel(kind);
  return forest;
};

/** Whether every node leads to later nodes of its tree, or is a leaf: then a walk ends. */
const leadsToLeaves = (forest: CutForest): boolean =>
  isPlain(forest) ||
  forest.left.every((left, slot) => {
    const node = slot % forest.nodes;
    const staysThere = forest.threshold[slot] === Number.POSITIVE_INFINITY && forest.missingRight[slot] === 0;
    return left === node ? staysThere : left > node && left + 1 < forest.nodes;
  });

/** The error of a file whose parts do not fit. */
const tornModel = (kind: string): NightjarError =>
  new NightjarError('case-damaged', 'A saved model does not hold together.', {
    where: kind,
    next: 'Run detection again: it writes the model anew.',
  });
