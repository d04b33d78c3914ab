/** Every colour of the page, by what it is for. `tokens.css` holds the same values as custom properties. */
export type Tokens = {
  readonly surface: string;
  readonly surfaceRaised: string;
  readonly surfaceSunken: string;
  readonly surfaceHover: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly textMuted: string;
  readonly accent: string;
  readonly accentText: string;
  readonly accentSoft: string;
  readonly onAccent: string;
  readonly focus: string;
  readonly abuse: string;
  readonly benign: string;
  readonly unsure: string;
  readonly undecided: string;
  readonly warn: string;
  readonly danger: string;
  readonly ok: string;
  readonly warnSoft: string;
  readonly dangerSoft: string;
  readonly okSoft: string;
  readonly score0: string;
  readonly score1: string;
  readonly score2: string;
  readonly score3: string;
  readonly score4: string;
};

export type ThemeName = 'light' | 'dark' | 'high-contrast';

const light: Tokens = {
  surface: '#ffffff',
  surfaceRaised: '#ffffff',
  surfaceSunken: '#f5f6f8',
  surfaceHover: '#eef0f4',
  line: '#e1e4ea',
  lineStrong: '#858d9c',
  text: '#171a21',
  textMuted: '#586071',
  accent: '#3457d5',
  accentText: '#2b4abf',
  accentSoft: '#e8edfc',
  onAccent: '#ffffff',
  focus: '#3457d5',
  abuse: '#b4232c',
  benign: '#0b6e69',
  unsure: '#7440b8',
  undecided: '#697182',
  warn: '#8a5300',
  danger: '#b4232c',
  ok: '#13703c',
  warnSoft: '#fdf3e0',
  dangerSoft: '#fdecec',
  okSoft: '#e7f5ec',
  score0: '#868fa1',
  score1: '#a97415',
  score2: '#bb5410',
  score3: '#a82a30',
  score4: '#71174a',
};

const dark: Tokens = {
  surface: '#15171c',
  surfaceRaised: '#1d2027',
  surfaceSunken: '#0f1115',
  surfaceHover: '#242831',
  line: '#2b303a',
  lineStrong: '#6f7889',
  text: '#e6e9ef',
  textMuted: '#9da6b6',
  accent: '#5b7cfa',
  accentText: '#9db2ff',
  accentSoft: '#222c4d',
  onAccent: '#0b0e18',
  focus: '#8aa3ff',
  abuse: '#ff8a80',
  benign: '#4fc9bd',
  unsure: '#c6a3ff',
  undecided: '#929bab',
  warn: '#f0b555',
  danger: '#ff8a80',
  ok: '#63cf8f',
  warnSoft: '#35290f',
  dangerSoft: '#3b1c1e',
  okSoft: '#15301f',
  score0: '#6f7889',
  score1: '#b98a2e',
  score2: '#ea8a3c',
  score3: '#ff9b8c',
  score4: '#ffc4dc',
};

const highContrast: Tokens = {
  surface: '#000000',
  surfaceRaised: '#0a0a0a',
  surfaceSunken: '#000000',
  surfaceHover: '#1f1f1f',
  line: '#8c8c8c',
  lineStrong: '#ffffff',
  text: '#ffffff',
  textMuted: '#e0e0e0',
  accent: '#ffd60a',
  accentText: '#ffd60a',
  accentSoft: '#332b00',
  onAccent: '#000000',
  focus: '#ffd60a',
  abuse: '#ff9d94',
  benign: '#5eead4',
  unsure: '#d8b4fe',
  undecided: '#cfcfcf',
  warn: '#ffc65c',
  danger: '#ff9d94',
  ok: '#86efac',
  warnSoft: '#2b1f00',
  dangerSoft: '#330c0a',
  okSoft: '#062b14',
  score0: '#9a9a9a',
  score1: '#d7a531',
  score2: '#ffa25a',
  score3: '#ffb5a9',
  score4: '#ffdcec',
};

export const THEMES: Readonly<Record<ThemeName, Tokens>> = { light, dark, 'high-contrast': highContrast };

/** Text that stands on a surface: each pair has a contrast of 4.5 or more in every theme. */
export const TEXT_PAIRS: readonly (readonly [keyof Tokens, keyof Tokens])[] = [
  ...(['text', 'textMuted', 'accentText', 'abuse', 'benign', 'unsure', 'warn', 'danger', 'ok'] as const).flatMap(
    (text) =>
      (['surface', 'surfaceRaised', 'surfaceSunken', 'surfaceHover'] as const).map(
        (surface) => [text, surface] as const,
      ),
  ),
  ['text', 'accentSoft'],
  ['textMuted', 'accentSoft'],
  ['accentText', 'accentSoft'],
  ['abuse', 'accentSoft'],
  ['benign', 'accentSoft'],
  ['unsure', 'accentSoft'],
  ['onAccent', 'accent'],
  ['text', 'warnSoft'],
  ['warn', 'warnSoft'],
  ['text', 'dangerSoft'],
  ['danger', 'dangerSoft'],
  ['text', 'okSoft'],
  ['ok', 'okSoft'],
];

/** Marks, outlines and icons on a surface: each pair has a contrast of 3 or more in every theme. */
export const GRAPHIC_PAIRS: readonly (readonly [keyof Tokens, keyof Tokens])[] = (
  ['lineStrong', 'accent', 'focus', 'undecided', 'score0', 'score1', 'score2', 'score3', 'score4'] as const
).flatMap((mark) =>
  (['surface', 'surfaceRaised', 'surfaceSunken'] as const).map((surface) => [mark, surface] as const),
);

/** The custom property that holds a token: `surfaceRaised` → `--surface-raised`, `score0` → `--score-0`. */
export const cssName = (token: keyof Tokens): string =>
  `--${token.replaceAll(/([A-Z]|\d)/g, (part) => `-${part.toLowerCase()}`)}`;
