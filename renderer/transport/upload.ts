import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { errorDetail, grant } from '../../core/api/contract.ts';
import type { Grant } from '../../core/api/contract.ts';

const refusal = z.object({ message: z.string() }).extend(errorDetail.shape);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null; // an answer that is not ours is reported as such by the caller
  }
};

/** Hands a file to the loopback server, which answers with the grant. Errors: `input` with what the server said, `cancelled`. */
export const upload = (
  file: File,
  token: string,
  onProgress: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Grant> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    request.open('POST', `/files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded));
    request.addEventListener('load', () => {
      const body = parse(request.responseText);
      const granted = grant.safeParse(body);
      if (granted.success) return resolve(granted.data);
      const { message, ...data } = refusal
        .catch({ message: 'The file was not accepted.', next: 'Try again.' })
        .parse(body);
      reject(new ORPCError('input', { message, data }));
    });
    request.addEventListener('error', () =>
      reject(
        new ORPCError('input', {
          message: 'The file could not be handed over.',
          data: { next: 'Check that Nightjar still runs and that the file can be read, then try again.' },
        }),
      ),
    );
    request.addEventListener('abort', () => reject(new DOMException('Cancelled.', 'AbortError')));
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', stop));
    if (signal?.aborted) return reject(new DOMException('Cancelled.', 'AbortError'));
    signal?.addEventListener('abort', stop);
    request.send(file);
  });
