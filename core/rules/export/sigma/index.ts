export { SIGMA_EXPORTERS } from './exporters.ts';
export { sigmaFaults } from './check-document.ts';
