export { copod } from './copod.ts';
