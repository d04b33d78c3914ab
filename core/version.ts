/** The version of the engine, written into every case, run and release. */
export const VERSION = '0.1.0';
