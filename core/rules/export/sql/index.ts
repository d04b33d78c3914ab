export { SQL_EXPORTERS } from './exporters.ts';
