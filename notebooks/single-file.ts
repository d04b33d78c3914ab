import { createHash } from 'node:crypto';
import type { Plugin, Rollup } from 'vite';

/**
 * A Vite plugin that puts scripts and styles into the page they belong to, so that a notebook is one file that opens
 * from disk. The page gets a content policy: that one script, and no connection to anywhere.
 */
export const singleFile = (): Plugin => ({
  name: 'single-file',
  enforce: 'post',
  generateBundle: (_, bundle) => {
    const files = Object.values(bundle);
    const scripts = files.filter((file) => file.type === 'chunk');
    const [script, ...others] = scripts;
    if (script === undefined || others.length > 0) throw new TypeError(`${scripts.length} scripts instead of one.`);
    const styles = files.filter((file) => file.fileName.endsWith('.css'));
    const pages = files.filter((file) => file.fileName.endsWith('.html'));
    for (const page of pages) {
      if (page.type === 'asset') page.source = inlined(textOf(page), styles.map(textOf).join('\n'), script.code);
    }
    for (const file of [script, ...styles]) delete bundle[file.fileName];
  },
});

const inlined = (page: string, style: string, code: string): string => {
  const script = code
    .replaceAll('</script', '<\\/script')
    .replaceAll('<!--', '<\\!--')
    .replaceAll('__VITE_PRELOAD__', 'void 0');
  const hash = createHash('sha256').update(script).digest('base64');
  // Arquero compiles its expressions, which needs unsafe-eval.
  const policy = `default-src 'none'; script-src 'sha256-${hash}' 'unsafe-eval'; style-src 'unsafe-inline'; font-src data:; img-src data:; connect-src data:; base-uri 'none'; form-action 'none'`;
  return page
    .replaceAll(/\s*<script type="module"[^>]*src=[^>]*><\/script>/gu, '')
    .replaceAll(/\s*<link rel="(stylesheet|modulepreload)"[^>]*>/gu, '')
    .replace('<head>', () => `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`)
    .replace('</head>', () => `<style>${style}</style></head>`)
    .replace('</body>', () => `<script type="module">${script}</script></body>`);
};

const textOf = (file: Rollup.OutputAsset | Rollup.OutputChunk): string => {
  if (file.type === 'chunk') return file.code;
  return typeof file.source === 'string' ? file.source : new TextDecoder().decode(file.source);
};
