// What fingers type: digits of either script, and whether a number can be read.

const THAI_ZERO = 0x0e50;
const THAI_DIGITS = /[๐-๙]/g;
const BETWEEN_DIGITS = /[\s-]/g;

/** Thai digits as the digits the census is kept in. */
export const westernDigits = (text) =>
  text.replace(THAI_DIGITS, (digit) => String(digit.charCodeAt(0) - THAI_ZERO));

/** The digits of a number as it stands on a card, without what stands between them. */
export const digitsOf = (text) => westernDigits(text).replace(BETWEEN_DIGITS, '');

/** A whole number as typed, ready to be kept; null when it is none. */
export function wholeNumber(text) {
  const digits = westernDigits(text.trim());
  if (digits === '') return '';
  return /^\d{1,9}$/.test(digits) ? String(Number(digits)) : null;
}
