import { mixPair } from './mix.ts';

const FIRST = (
  'ana ben carla deniz elif femi grace hiro ines jonas kofi lena marek nadia olu paula quentin rosa samir tomas ' +
  'uma viktor wanda xin yara zoe amara bruno chidi dora emre farah goran hana ivan jana karim lucia mateo nina ' +
  'omar priya rafael sofia tariq ulla vera wei yusuf zara'
).split(' ');
const LAST = (
  'abara becker costa demir evans fischer garcia hansen ivanov jansen kowalska lopez meyer nowak okafor petrov ' +
  'quist rossi silva tanaka unger vargas weber xavier yilmaz zimmer adeyemi bauer castro dubois eriksen ferrari ' +
  'gupta horvat ito jovic kumar lindgren moreau novak oduya pereira ramos sato thomas urban vidal wolff young zhang'
).split(' ');
const HOSTS = ['example.com', 'example.org', 'example.net', 'mail.example.com', 'post.example.org'];

/** The invented mail address of an account; unique because the account's number is in it. */
export const addressOf = (publicNumber: number): string => {
  const pick = (list: readonly string[], n: number): string => list[mixPair(publicNumber, n) % list.length] ?? '';
  const dot = mixPair(publicNumber, 3) % 2 === 0 ? '.' : '_';
  return `${pick(FIRST, 0)}${dot}${pick(LAST, 1)}${publicNumber}@${pick(HOSTS, 2)}`;
};
