import type { Progress, Watch } from '../../core/index.ts';

/** Where a command reads its surroundings and writes its results. */
export type Terminal = {
  /** Results. */
  out(text: string): void;
  /** Messages. */
  note(text: string): void;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly watch: Watch;
};

/** Text from a log, a path or a header as it may be shown: no control character, no terminal escape. */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\x${(c.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`);

/** A value as one line of JSON in which every character that is not shown is escaped. */
export const inertJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) =>
    Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );

const FRAME_MS = 100;

/** Progress as one line that is rewritten, with the time left; on a pipe, a line per stage. */
export const createProgressLine = (stream: {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}): { onProgress(progress: Progress): void; clear(): void } => {
  let stage = '';
  let startedAt = 0;
  let drawnAt = 0;
  let drawn = false;
  const clear = (): void => {
    if (drawn) stream.write('\r\u001b[K');
    drawn = false;
  };
  return {
    clear,
    onProgress: (progress) => {
      const now = Date.now();
      if (progress.stage !== stage) {
        stage = progress.stage;
        startedAt = now;
        drawnAt = 0;
        if (stream.isTTY !== true) stream.write(`${plain(stage)} …\n`);
      }
      if (stream.isTTY !== true || now - drawnAt < FRAME_MS) return;
      drawnAt = now;
      drawn = true;
      stream.write(`\r\u001b[K${progressText(progress, now - startedAt).slice(0, (stream.columns ?? 80) - 1)}`);
    },
  };
};

const progressText = ({ stage, done, total, unit }: Progress, elapsedMs: number): string => {
  const amount = unit === 'bytes' ? `${(done / 1e6).toFixed(0)} MB` : `${done} ${unit}`;
  if (total === undefined || total === 0) return `${plain(stage)}  ${amount}`;
  const share = Math.min(1, done / total);
  const leftMs = share > 0.02 ? (elapsedMs / share) * (1 - share) : undefined;
  const left = leftMs === undefined ? '' : `, ${timeText(leftMs)} left`;
  return `${plain(stage)}  ${Math.round(share * 100)} %  ${amount}${left}`;
};

const timeText = (ms: number): string =>
  ms < 90_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
