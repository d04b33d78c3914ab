export { validateRules, VALIDATORS } from './validate.ts';
