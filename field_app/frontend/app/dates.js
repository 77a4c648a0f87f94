// Days, times and numbers as people read them: the Buddhist era where Thai is shown, Thai time everywhere.
import { language } from './language.js';

const TIME_ZONE = 'Asia/Bangkok';
const LOCALES = { th: 'th-TH-u-ca-buddhist-nu-latn', en: 'en-GB' };
const ONLY_A_DAY = /^\d{4}-\d{2}-\d{2}$/;

const LONG_DAY = { day: 'numeric', month: 'long', year: 'numeric' };
const SHORT_DAY = { day: 'numeric', month: 'short' };
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** `10 กุมภาพันธ์ 2564`, `10 February 2021`. Takes a Date, a moment in ISO 8601 or a day. */
export function shownDate(when) {
  // Thai would put the era's name in front of the year.
  return format(when, LONG_DAY).replace('พ.ศ. ', '').replace('พุทธศักราช ', '');
}

/** `10 ก.พ.`, `10 Feb`: where the year goes without saying. */
export function shownDay(when) {
  return format(when, SHORT_DAY);
}

/** `14:05`. */
export function shownTime(when) {
  return format(when, TIME);
}

/** `10 ก.พ. 14:05`. */
export function shownMoment(when) {
  return `${shownDay(when)} ${shownTime(when)}`;
}

/** `1,234`. */
export function shownNumber(number) {
  return number.toLocaleString('en-GB');
}

/** The day it is in Thailand, as `YYYY-MM-DD`. */
export function today(now = new Date()) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE }).format(now);
}

function format(when, fields) {
  return new Intl.DateTimeFormat(LOCALES[language()], { ...fields, timeZone: TIME_ZONE }).format(
    asDate(when),
  );
}

/** A day without a time is taken at noon in Thailand, so that it stays the same day. */
function asDate(when) {
  if (typeof when === 'string' && ONLY_A_DAY.test(when)) return new Date(`${when}T12:00:00+07:00`);
  return when instanceof Date ? when : new Date(when);
}
