import { STYLE_HASHES } from './style-hashes.ts';

/** Workers that compile expressions at run time (Arquero) lie here; they have a policy of their own. */
const WORKERS = '/workers/';

const SHARED_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'X-DNS-Prefetch-Control': 'off',
  'Permissions-Policy': [
    'accelerometer',
    'autoplay',
    'camera',
    'display-capture',
    'geolocation',
    'gyroscope',
    'hid',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'usb',
    'xr-spatial-tracking',
  ]
    .map((feature) => `${feature}=()`)
    .join(', '),
} as const;

/**
 * What the page may do, as a content policy: run and show its own files, and connect to `connect` and nothing else. No
 * inline script or style, nothing compiled at run time, no frame, no form.
 */
const pagePolicy = (connect: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${Object.values(STYLE_HASHES)
      .map((hash) => `'${hash}'`)
      .join(' ')}`,
    `connect-src ${connect.length === 0 ? "'none'" : connect.join(' ')}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** A worker may compile expressions, and reach nothing at all. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'none'; worker-src 'none'";

/** Headers of the file at `path` (such as `/index.html`), over either protocol. */
export const headersOf = (path: string, connect: readonly string[]): Record<string, string> => ({
  ...SHARED_HEADERS,
  'Content-Security-Policy': path.startsWith(WORKERS) ? WORKER_POLICY : pagePolicy(connect),
  'Cache-Control': path.startsWith('/assets/') || path.startsWith(WORKERS) ? 'max-age=31536000, immutable' : 'no-store',
});
