import type { Brush } from '../../renderer/plots/swim-lane-painter.ts';

const round = (n: number): number => Math.round(n * 100) / 100;

const ANCHORS: Readonly<Record<CanvasTextAlign, string>> = {
  left: 'start',
  start: 'start',
  center: 'middle',
  right: 'end',
  end: 'end',
};

const colour = ({ fillStyle }: Brush): string => (typeof fillStyle === 'string' ? fillStyle : 'none');

/** A canvas context that writes SVG instead of pixels. */
export const svgBrush = (width: number, height: number): { readonly brush: Brush; readonly toSvg: () => string } => {
  const lines: string[] = [];
  const brush: Brush = {
    fillStyle: '#000',
    globalAlpha: 1,
    font: '',
    textAlign: 'left',
    textBaseline: 'middle',
    fillRect(x, y, w, h) {
      const place = `x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}"`;
      lines.push(`<rect ${place} fill="${colour(brush)}" fill-opacity="${brush.globalAlpha}"/>`);
    },
    fillText(text, x, y) {
      const place = `x="${round(x)}" y="${round(y)}" dominant-baseline="middle" text-anchor="${ANCHORS[brush.textAlign]}"`;
      const [, size = '', family = ''] = /^(\S+) (.*)$/.exec(brush.font) ?? [];
      const font = `font-size="${size}" font-family='${family.replaceAll("'", '')}'`;
      lines.push(`<text ${place} fill="${colour(brush)}" ${font}>${text}</text>`);
    },
  };
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`;
  return { brush, toSvg: () => `${head}\n${lines.join('\n')}\n</svg>\n` };
};
