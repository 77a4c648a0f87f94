/**
 * The number printed on a paper form: `PP-EEEEEEEEEEE-NNNN-CC`.
 *
 * Province, enumeration area, serial of the household, and two check digits by ISO 7064 MOD 97-10:
 * the whole number leaves 1 when it is divided by 97. One wrong digit, or two that changed places,
 * never passes.
 */

const PARTS = [2, 11, 4, 2];

/** How many digits a whole number has. */
export const FORM_ID_DIGITS = 19;

/** The digits in a text, Thai ones as Arabic ones. */
export function digitsOf(text) {
  return text
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/\D/g, '');
}

/** The two check digits that belong after the first seventeen. */
export function checkDigits(digits) {
  return String(98n - ((BigInt(digits) * 100n) % 97n)).padStart(2, '0');
}

/** As much of a number as there is, with the hyphens where they are printed. */
export function withHyphens(text) {
  const digits = digitsOf(text).slice(0, FORM_ID_DIGITS);
  const parts = [];
  for (let from = 0, part = 0; from < digits.length; from += PARTS[part], part += 1) {
    parts.push(digits.slice(from, from + PARTS[part]));
  }
  return parts.join('-');
}

/**
 * What is to be said about a number that was typed or scanned for a household.
 *
 * @param {string} text
 * @param {{ id?: string, ea_code: string }} household
 * @returns {{ formId: string|null, problem: null|'empty'|'strange'|'short'|'long'|'check'|'area',
 *   missing: number, isOfAnother: boolean }} the number, or why it cannot be taken; a number that
 *   was printed for another household of the area can, once the enumerator has confirmed it.
 */
export function judgeFormId(text, household) {
  const refused = (problem, missing = 0) => ({ formId: null, problem, missing, isOfAnother: false });
  if (text.trim() === '') return refused('empty');
  if (/[^\d๐-๙\s–-]/.test(text)) return refused('strange');
  const digits = digitsOf(text);
  if (digits.length < FORM_ID_DIGITS) return refused('short', FORM_ID_DIGITS - digits.length);
  if (digits.length > FORM_ID_DIGITS) return refused('long');
  if (checkDigits(digits.slice(0, 17)) !== digits.slice(17)) return refused('check');
  if (digits.slice(2, 13) !== household.ea_code) return refused('area');
  const isOfAnother = `${digits.slice(2, 13)}-${digits.slice(13, 17)}` !== household.id;
  return { formId: withHyphens(digits), problem: null, missing: 0, isOfAnother };
}

/**
 * What every form of an area begins with, learnt from one that is known already.
 *
 * Nobody should type thirteen digits at a door that are the same at every door of the area.
 */
export function knownBeginning(households) {
  for (const household of households) {
    const known = household.form_left?.form_id ?? '';
    if (judgeFormId(known, household).formId) return known.slice(0, 15);
  }
  return '';
}
