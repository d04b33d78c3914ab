/**
 * What an engine remembers, counted over all its rules: groups, values of groups, and moments of groups. About 60 bytes
 * each. Everything counted here goes away by time; at the limit, events that would add to it are refused and counted.
 */
export type Memory = { used: number; readonly limit: number };

/** 16 million remembered things: about 1 GB. */
export const DEFAULT_LIMIT = 1 << 24;
