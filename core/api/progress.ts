/** One step of a long call: `done` of `total` in `unit`; `total` is absent where it cannot be known. */
export type Progress = {
  readonly stage: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: string;
};

/** How a long call is watched and stopped. */
export type Watch = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
};
