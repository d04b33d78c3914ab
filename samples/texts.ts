import { mixPair } from './mix.ts';
import type { Text } from './schema.ts';

/** Sentences are built from a seed: `parts` are filled in order, one phrase of each. */
const PARTS: Readonly<Record<Text, readonly (readonly string[])[]>> = {
  '': [],
  chat: [
    [
      'hey',
      'hi :)',
      'so',
      'ok',
      'thanks!',
      'haha',
      'good morning',
      'yes',
      'hmm',
      'sorry, just saw this',
      'oh no',
      'btw',
    ],
    [
      'are we still on for friday?',
      'did you see the photos from the trip',
      'call me when you get home',
      'the meeting moved to 3',
      'mum says hello',
      'I left my keys at your place',
      'which train are you on',
      'that was really good soup',
      'can you send me the recipe',
      'see you at the station',
      'the kids are asleep finally',
      'no idea, ask Lena',
      'I will bring the charger',
      'happy birthday!! 🎂',
      'still stuck in traffic',
      'what a match yesterday',
      'let me check and come back to you',
      'do you need anything from the shop?',
      'she said "maybe", so who knows',
      'the garden looks great, really',
    ],
    ['', '', '', 'x', '❤', 'talk later', 'ok?', 'no rush', 'bis später', 'abraços'],
  ],
  comment: [
    [
      'love this',
      'wow',
      'so true',
      'not sure about that',
      'where is this?',
      'great shot',
      'beautiful',
      'I disagree, but ok',
    ],
    [
      '',
      'the light is perfect',
      'we were there last year',
      'my favourite so far',
      'please post more',
      'how long did it take',
      'same here',
    ],
    ['', '', '!', '🙂', '👏👏', '…'],
  ],
  post: [
    [
      'Sunday walk:',
      'New project,',
      'Finally',
      'Day 12 of',
      'Throwback to',
      'Question for everyone:',
      'Small win today,',
      'Reading',
    ],
    [
      'fog over the river',
      'fixing the old bike',
      'a loaf that actually rose',
      'learning the cello',
      'the summer market',
      'painting the hallway',
    ],
    ['with the whole family', 'at last', 'any tips welcome', 'what do you think?', 'more soon', 'in three pictures'],
  ],
  headline: [
    ['Update:', 'Live:', 'In brief:', 'Explained:', 'Morning edition:'],
    [
      'council votes on the tram line',
      'storm warning lifted for the coast',
      'libraries extend opening hours',
      'transfer window closes',
      'harvest report',
    ],
    [
      'what we know so far',
      'in full',
      'reactions',
      'key numbers https://news.example.org/s',
      'read more https://news.example.org/l',
    ],
  ],
  praise: [
    ['great', 'nice', 'amazing', 'super', 'top', 'very good'],
    ['product', 'content', 'seller', 'post', 'page', 'work'],
    ['', '!', '!!', '👍', 'recommended', 'love it'],
  ],
  spam: [
    ['Hello dear', 'Hi friend', 'CONGRATULATIONS', 'Dear user', 'hello', 'Good day'],
    [
      'you have been selected for a 500 USD gift card',
      'your parcel is waiting for confirmation',
      'earn 3000 weekly from home',
      'unlock your premium reward now',
    ],
    [
      'claim https://win.example.net/c',
      'confirm here https://track.example.net/p',
      'join https://cash.example.net/j',
      'visit https://gift.example.net/r',
    ],
    ['today only', 'limited places', 'reply YES', 'do not share', '24h left'],
  ],
  begging: [
    ['hey it is me', 'hi, quick favour', 'sorry to ask'],
    [
      'my card is blocked, can you send 150 to this account',
      'I need a code you just got by text',
      'can you help me out until monday',
    ],
    ['https://pay.example.net/t', 'please be quick', 'will explain later'],
  ],
};

/** The free text of an event: the same seed gives the same sentence. */
export const textOf = (text: Text, seed: number): string => {
  const phrases = PARTS[text].map((part, n) => part[mixPair(seed, n) % part.length] ?? '');
  // Links and codes carry a number, as senders vary them to pass simple filters.
  const link = text === 'spam' ? `${1000 + (seed % 9000)}` : '';
  return phrases
    .map((phrase) => (phrase.includes('https://') ? phrase + link : phrase))
    .filter((phrase) => phrase !== '')
    .join(' ');
};
