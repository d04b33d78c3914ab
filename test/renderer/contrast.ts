const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** Relative luminance of `#rrggbb`, 0–1 (WCAG 2.2). */
export const luminance = (colour: string): number => {
  const at = (from: number): number => channel(Number.parseInt(colour.slice(from, from + 2), 16) / 255);
  return 0.2126 * at(1) + 0.7152 * at(3) + 0.0722 * at(5);
};

/** Contrast ratio of two colours, 1–21 (WCAG 2.2). */
export const contrast = (one: string, other: string): number => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
};
