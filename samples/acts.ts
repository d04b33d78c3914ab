import { ACTIONS, ITEM_TYPES, TEXTS, type Action, type ItemType, type Text } from './schema.ts';

/** What one event does, as the codes a batch stores. All acts have this one shape: it keeps the loop fast. */
export type Act = {
  readonly action: number;
  readonly itemType: number;
  readonly item: number;
  readonly failed: boolean;
  readonly amountCents: number;
  readonly text: number;
  readonly textSeed: number;
};

const code = (action: Action): number => ACTIONS.indexOf(action);
const typeCode = (type: ItemType): number => ITEM_TYPES.indexOf(type);
const textCode = (text: Text): number => TEXTS.indexOf(text);

const NOTHING = typeCode('');
const POST = typeCode('post');
const PRODUCT = typeCode('product');
const DOCUMENT = typeCode('document');
const ACCOUNT = typeCode('account');
const SILENT = textCode('');

const make = (
  action: number,
  itemType: number,
  item: number,
  failed: boolean,
  amountCents = 0,
  text = SILENT,
  textSeed = 0,
): Act => ({ action, itemType, item, failed, amountCents, text, textSeed });

const on = (action: Action, itemType: number): ((item: number, failed?: boolean) => Act) => {
  const known = code(action);
  return (item, failed = false) => make(known, itemType, item, failed);
};

const LOGIN = code('login');
const LOGOUT = code('logout');
const SEARCH = code('search');
const SETTINGS = code('change_settings');
const RESET = code('password_reset');
const MESSAGE = code('message');
const COMMENT = code('comment');
const WRITE = code('post');
const PURCHASE = code('purchase');
const REFUND = code('refund');

export const login = (failed = false): Act => make(LOGIN, NOTHING, 0, failed);
export const logout = (): Act => make(LOGOUT, NOTHING, 0, false);
export const search = (): Act => make(SEARCH, NOTHING, 0, false);
export const changeSettings = (): Act => make(SETTINGS, NOTHING, 0, false);
export const passwordReset = (): Act => make(RESET, NOTHING, 0, false);
export const viewPost = on('view', POST);
export const viewProduct = on('view', PRODUCT);
export const viewDocument = on('view', DOCUMENT);
export const viewProfile = on('view', ACCOUNT);
export const likePost = on('like', POST);
export const follow = on('follow', ACCOUNT);
export const addToCart = on('add_to_cart', PRODUCT);
export const download = on('download', DOCUMENT);
export const tokenRequest = on('token_request', ACCOUNT);

export const message = (to: number, text: Text, seed: number, failed = false): Act =>
  make(MESSAGE, ACCOUNT, to, failed, 0, textCode(text), seed);
export const comment = (post: number, text: Text, seed: number): Act =>
  make(COMMENT, POST, post, false, 0, textCode(text), seed);
export const write = (post: number, text: Text, seed: number): Act =>
  make(WRITE, POST, post, false, 0, textCode(text), seed);
export const purchase = (product: number, amountCents: number, failed = false): Act =>
  make(PURCHASE, PRODUCT, product, failed, amountCents);
export const refund = (product: number, amountCents: number): Act =>
  make(REFUND, PRODUCT, product, false, -amountCents);
