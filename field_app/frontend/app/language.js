// The language of the screens: Thai first, English beside it, kept on the tablet.
const KEY = 'sammano.language';
const LANGUAGES = ['th', 'en'];
const FIRST = LANGUAGES[0];

/** Dispatches `changed` when the language is another one. */
export const languageChanges = new EventTarget();

let chosen = remembered();
show(chosen);

/** The language in use: `'th'` or `'en'`. */
export function language() {
  return chosen;
}

/** The language that is not in use, for the switch. */
export function otherLanguage() {
  return LANGUAGES.find((each) => each !== chosen);
}

/** Speak another language from now on. */
export function setLanguage(wanted) {
  if (!LANGUAGES.includes(wanted) || wanted === chosen) return;
  chosen = wanted;
  globalThis.localStorage?.setItem(KEY, wanted);
  show(wanted);
  languageChanges.dispatchEvent(new Event('changed'));
}

/**
 * The words in the language in use.
 *
 * @template T
 * @param {{th: T, en: T}} words
 * @returns {T}
 */
export function say(words) {
  return words[chosen];
}

function remembered() {
  const kept = globalThis.localStorage?.getItem(KEY);
  return LANGUAGES.includes(kept) ? kept : FIRST;
}

function show(spoken) {
  if (globalThis.document) document.documentElement.lang = spoken;
}
