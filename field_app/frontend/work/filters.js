/** What the list of an area shows: by what is left to do, and by what was typed. */

import { digitsOf } from './form_ids.js';

/** The filters in the order they are offered, and which households each lets through. */
export const FILTERS = {
  left: ({ task }) => task !== 'none',
  enumerate: ({ task }) => task === 'enumerate',
  correct: ({ task }) => task === 'correct',
  collect: ({ task }) => task === 'collect',
  appointment: ({ task, appointment }) => task !== 'none' && Boolean(appointment),
  unsent: (household) => isUnsent(household),
  done: ({ task }) => task === 'none',
  all: () => true,
};

/** Whether something of the household is on this tablet only. */
export function isUnsent({ local }) {
  return Boolean(local?.draft) || (local?.waiting?.length ?? 0) > 0;
}

/** How many households each filter lets through. */
export function countsByFilter(households) {
  return Object.fromEntries(
    Object.entries(FILTERS).map(([name, lets]) => [name, households.filter(lets).length]),
  );
}

/**
 * The households whose address holds every word that was typed, or whose serial begins with it.
 *
 * Digits may be typed in either script; a single number must begin the house number or the serial,
 * or "1" would find half of the area.
 */
export function search(households, typed) {
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return households;
  return households.filter((household) => {
    const address = folded(household.address);
    return wanted.every((word) => holds(address, word) || isSerial(household.id, word));
  });
}

function holds(address, word) {
  return /^\d/.test(word) ? ` ${address}`.includes(` ${word}`) : address.includes(word);
}

function isSerial(id, word) {
  return /^\d+$/.test(word) && Number(id.slice(12)) === Number(word);
}

function folded(text) {
  return text.toLowerCase().replace(/[๐-๙]/g, digitsOf);
}
