import type { Random } from '../core/random/index.ts';
import * as acts from './acts.ts';
import { dayKind, SESSION_START } from './calendar.ts';
import { draw, logNormal } from './distributions.ts';
import { HABIT_TABLES, SLOTS, type Step } from './habits.ts';
import { mixPair } from './mix.ts';
import { ZONES, type Place } from './places.ts';
import { DAY_MS } from './schema.ts';
import { emit, localTime, newSession, type Scene } from './scene.ts';
import { whereabouts } from './whereabouts.ts';

const SESSION_LENGTH = logNormal(4, 0.85);
const READING_MS = logNormal(13_000, 1.05);
const QUICK_MS = logNormal(5000, 0.8);
const PAUSE_MS = logNormal(300_000, 0.8);
const TYPO_MS = logNormal(6500, 0.5);

/** One visit of an ordinary person on a day; mostly nothing when they are away. */
export const ordinarySession = (scene: Scene, actor: number, day: number, random: Random): void => {
  const { people } = scene;
  const sinceVacation = day - (people.vacationFrom[actor] ?? 0);
  const away = sinceVacation >= 0 && sinceVacation < (people.vacationDays[actor] ?? 0);
  if (away && random.int(6) > 0) return;
  const own = draw(SESSION_START[dayKind(day)], random) + (people.lateMinutes[actor] ?? 0);
  const minute = ((own % 1440) + 1440) % 1440;
  const place = newSession(scene, whereabouts(people, actor, day, minute, random));
  let timeMs = localTime(day, minute, ZONES[people.zone[actor] ?? 0]?.offsetMinutes ?? 0);
  if (random.int(3) === 0) timeMs = signIn(scene, actor, place, timeMs, random);
  browse(scene, actor, place, timeMs, Math.min(60, Math.ceil(draw(SESSION_LENGTH, random))), random);
};

/** A login with its typing mistakes; after three a new password is asked for. Returns when it is done. */
const signIn = (scene: Scene, actor: number, place: Place, startMs: number, random: Random): number => {
  let timeMs = startMs;
  let failures = 0;
  while (failures < 3 && random.int(failures === 0 ? 14 : 3) === 0) failures++;
  for (let i = 0; i < failures; i++) {
    emit(scene, timeMs, actor, place, acts.login(true));
    timeMs += draw(TYPO_MS, random);
  }
  if (failures === 3) {
    emit(scene, timeMs, actor, place, acts.passwordReset());
    timeMs += draw(PAUSE_MS, random);
  }
  emit(scene, timeMs, actor, place, acts.login());
  return timeMs + draw(QUICK_MS, random);
};

const browse = (scene: Scene, actor: number, place: Place, startMs: number, length: number, random: Random): void => {
  const { catalogue, people } = scene;
  const day = Math.floor(startMs / DAY_MS);
  const habits = HABIT_TABLES[people.persona[actor] ?? 0] ?? [];
  let timeMs = startMs;
  let post = catalogue.post(day, random);
  let product = catalogue.product(random);
  let inCart = false;
  const act = (step: Step): acts.Act => {
    switch (step) {
      case 'browse':
        return acts.viewPost((post = catalogue.post(day, random)));
      case 'shop':
        return acts.viewProduct((product = catalogue.product(random)));
      case 'study':
        return acts.viewDocument(catalogue.document(random));
      case 'visit':
        return acts.viewProfile(contact(scene, actor, random, 24));
      case 'search':
        return acts.search();
      case 'like':
        return acts.likePost(post);
      case 'comment':
        return acts.comment(post, 'comment', random.int(4096));
      case 'follow':
        return acts.follow(contact(scene, actor, random, 40));
      case 'message':
        return acts.message(contact(scene, actor, random, 8), 'chat', random.int(8192));
      case 'write':
        return acts.write(catalogue.newPost(), 'post', random.int(4096));
      case 'cart':
        inCart = true;
        return acts.addToCart(product);
      case 'download':
        return acts.download(catalogue.document(random));
      case 'settings':
        return acts.changeSettings();
    }
  };
  for (let i = 0; i < length; i++) {
    if (inCart && random.int(3) === 0) {
      inCart = false;
      emit(scene, timeMs, actor, place, acts.purchase(product, catalogue.priceCents(product), random.int(25) === 0));
    } else if (random.int(2000) === 0) {
      const returned = catalogue.product(random);
      emit(scene, timeMs, actor, place, acts.refund(returned, catalogue.priceCents(returned)));
    } else {
      emit(scene, timeMs, actor, place, act(habits[random.int(SLOTS)] ?? 'browse'));
    }
    timeMs += draw(random.int(30) === 0 ? PAUSE_MS : random.int(3) === 0 ? QUICK_MS : READING_MS, random);
  }
  if (random.int(12) === 0) emit(scene, timeMs, actor, place, acts.logout());
};

/** One of the people somebody deals with, the first ones most often. */
const contact = (scene: Scene, actor: number, random: Random, circle: number): number =>
  mixPair(actor, Math.min(random.int(circle), random.int(circle))) % scene.people.size;
