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

/** The invented names a mail address is put together from, by the account's public number. */
export const NAME_LISTS = { first: FIRST, dot: ['.', '_'], last: LAST, host: HOSTS } as const;

/** Which entries of `NAME_LISTS` an account's address has. */
export const firstName = (publicNumber: number): number => mixPair(publicNumber, 0) % FIRST.length;
export const dotOf = (publicNumber: number): number => mixPair(publicNumber, 3) % 2;
export const lastName = (publicNumber: number): number => mixPair(publicNumber, 1) % LAST.length;
export const hostOf = (publicNumber: number): number => mixPair(publicNumber, 2) % HOSTS.length;

/** The invented mail address of an account; unique because the account's number is in it. */
export const addressOf = (publicNumber: number): string =>
  `${FIRST[firstName(publicNumber)]}${NAME_LISTS.dot[dotOf(publicNumber)]}${LAST[lastName(publicNumber)]}` +
  `${publicNumber}@${HOSTS[hostOf(publicNumber)]}`;
