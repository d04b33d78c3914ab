import type { Grant } from '../../core/api/contract.ts';
import type { EngineOptions } from '../../core/api/router.ts';

/** What an engine process is made with; plain data, since it crosses processes. */
export type EngineSettings = Omit<EngineOptions, 'onCase'>;

/** What a new engine opens by itself. */
export type FirstCase = { readonly kind: 'case'; readonly directory: string } | { readonly kind: 'sample' } | null;

export type HostRequest =
  | { readonly what: 'grant'; readonly path: string; readonly kind: Grant['kind']; readonly isSpooled: boolean }
  | { readonly what: 'busy' }
  | { readonly what: 'resume'; readonly directory: string };

/** An error as it crosses processes. */
export type ErrorRecord = {
  readonly code: string;
  readonly message: string;
  readonly where?: string | undefined;
  readonly next?: string | undefined;
};

/** Host to engine. `line-…` messages carry the frames of pages where no port can be handed over. */
export type ToEngine =
  | { readonly type: 'start'; readonly settings: EngineSettings; readonly first: FirstCase }
  | { readonly type: 'request'; readonly id: number; readonly request: HostRequest }
  | { readonly type: 'line' } // its port comes with it
  | { readonly type: 'line-open'; readonly line: number }
  | { readonly type: 'line-frame'; readonly line: number; readonly frame: string | Uint8Array }
  | { readonly type: 'line-closed'; readonly line: number }
  | { readonly type: 'close' };

/** Engine to host. */
export type FromEngine =
  | { readonly type: 'ready' }
  /** The case that is open now; null: none. */
  | { readonly type: 'case'; readonly directory: string | null }
  /** The first case did not open. */
  | { readonly type: 'first-failed'; readonly error: ErrorRecord }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly error: ErrorRecord }
  | { readonly type: 'line-frame'; readonly line: number; readonly frame: string | Uint8Array }
  | { readonly type: 'line-closed'; readonly line: number };
