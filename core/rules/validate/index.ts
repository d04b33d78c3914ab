export { validateForm, validateRules, VALIDATORS } from './validate.ts';
