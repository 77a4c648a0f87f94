/** Says in the language in use how a household stands: the words of a mark with its facts filled in. */

import { shownDay, shownMoment, shownTime, today as dayOfTablet } from '../app/dates.js';
import { language, say } from '../app/language.js';
import { DISPOSITIONS } from './codes.js';
import { words } from './words.js';

/** The name of a disposition. */
export function resultName(result) {
  return DISPOSITIONS[result]?.[language()] ?? String(result ?? '');
}

/** A moment: the time alone when it was today, with the day otherwise. */
export function shownWhen(at, today) {
  if (!at) return '';
  const moment = dayOfTablet(new Date(at)) === today ? shownTime(at) : shownMoment(at);
  return `${moment}${oClock()}`;
}

/** Hours of an appointment, `17:00–19:00`; empty when any time will do. */
export function shownHours({ from, to }) {
  if (!from && !to) return '';
  return `${[from, to].filter(Boolean).join('–')}${oClock()}`;
}

/** In which way, as the end of a sentence. */
export function byMode(mode) {
  return say(words).by[mode] ?? say(words).bySomeMeans;
}

/** Why the office holds something back. */
export function whyHeld({ code, detail }) {
  return say(words).why[code] ?? (detail || say(words).whyUnknown);
}

/** The sentence of a mark. */
export function sayMark(mark, today) {
  return say(words).marks[mark.key]({
    ...mark,
    at: shownWhen(mark.at, today),
    by: byMode(mark.mode),
    on: mark.on ? shownDay(mark.on) : '',
    hours: shownHours(mark),
    result: resultName(mark.result ?? mark.disposition),
    why: whyHeld(mark),
  });
}

/** What a sign means. */
export function signName(sign) {
  return say(words).signs[sign];
}

function oClock() {
  return language() === 'th' ? ' น.' : '';
}
