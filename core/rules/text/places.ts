import type { EventFilter } from '../schema.ts';
import type { Span } from './cursor.ts';

/** Where the nodes of a filter and their parts stand, before it is known at which path each will be. */
export type Places = Map<EventFilter, Readonly<Record<string, Span>>>;
