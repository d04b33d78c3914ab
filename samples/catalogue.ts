import type { Random } from '../core/random/index.ts';
import { draw, histogram, logNormal, logUniform } from './distributions.ts';
import { mix32 } from './mix.ts';

/** What there is to look at, buy and read: a few things draw most of the attention. */
export type Catalogue = {
  readonly postsPerDay: number;
  readonly products: number;
  readonly documents: number;
  /** A post somebody sees on `day`: mostly of the last days, mostly a popular one. */
  post(day: number, random: Random): number;
  product(random: Random): number;
  document(random: Random): number;
  /** Any post of the last weeks, whoever looks at it. */
  anyPost(day: number, random: Random): number;
  /** The `rank`-th most popular post of a day, from 0. */
  rankedPost(day: number, rank: number): number;
  /** A post nobody else has written. */
  newPost(): number;
  priceCents(product: number): number;
};

const AGE_DAYS = histogram([50, 20, 10, 6, 4, 3, 2, 1.5, 1, 1, 0.5, 0.5, 0.5], 1);
const PRICE_CENTS = logNormal(2490, 0.9);
/** Posts of before the log's first day have numbers too. */
const BACKLOG_DAYS = 16;
const NEW_POSTS = 1 << 27;

export const createCatalogue = (events: number, days: number): Catalogue => {
  const postsPerDay = Math.max(60, Math.round((events * 0.15) / days));
  const products = Math.max(200, Math.round(events / 60));
  const documents = Math.max(400, Math.round(events / 40));
  const postRank = logUniform(postsPerDay);
  const productRank = logUniform(products);
  const documentRank = logUniform(documents);
  let written = NEW_POSTS;
  const rankedPost = (day: number, rank: number): number => (day + BACKLOG_DAYS) * postsPerDay + rank;
  return {
    postsPerDay,
    products,
    documents,
    post: (day, random) => rankedPost(day - Math.floor(draw(AGE_DAYS, random)), Math.floor(draw(postRank, random)) - 1),
    product: (random) => Math.floor(draw(productRank, random)),
    document: (random) => Math.floor(draw(documentRank, random)),
    anyPost: (day, random) => rankedPost(day - random.int(14), random.int(postsPerDay)),
    rankedPost,
    newPost: () => written++,
    priceCents: (product) => 100 + Math.floor(PRICE_CENTS[mix32(product) >>> 20] ?? 0),
  };
};
