/**
 * The constant `<style>` elements that libraries of the page add at run time, by hash: everything else inline stays
 * forbidden. `test/main/style-hashes.test.ts` draws them and compares.
 */
export const STYLE_HASHES = {
  'Observable Plot: a plot': 'sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww=',
  'Observable Plot: a ramp legend': 'sha256-/jg3HOQ97BIOLIR7iXhepLJanBbw11P39q1Ne1E+6Jc=',
  'react-aria: pressable elements': 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=',
} as const;
