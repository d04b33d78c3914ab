import { StreamLanguage } from '@codemirror/language';

const KEYWORDS = new Set(
  (
    'rule intent severity effect label review alert author expires for each actors actor over events where in any when and or not except owner ' +
    'until because known false positives among then to decimals informational low medium high critical present is'
  ).split(' '),
);

/** The text form of rules in colours. It only colours: what is right and wrong the engine says. */
export const ruleLanguage = StreamLanguage.define<null>({
  name: 'nightjar-rules',
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/^-?\d[\d.eE_-]*[smhd]?\b/)) return 'number';
    if (stream.match(/^[A-Za-z_][\w-]*/)) {
      if (KEYWORDS.has(stream.current())) return 'keyword';
      return stream.peek() === '(' ? 'variableName.function' : null;
    }
    stream.next();
    return null;
  },
});
