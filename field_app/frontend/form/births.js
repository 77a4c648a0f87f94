// Years of the Buddhist era, and the age at the reference moment of this census.

/** 1 December 2563: those born in December were not a year older yet. */
const REFERENCE = { year: 2563, month: '12' };
const ERAS_APART = 543;

/** Until 2482 the year began in April: its first months are those of the next common year. */
const LAST_APRIL_YEAR = 2482;
const BEFORE_APRIL = ['01', '02', '03'];

const EARLIEST = 2413;
export const NOT_KNOWN = '9999';

/** The age at the reference moment, or null where the birth is not known. */
export function ageAtReference(year, month) {
  const born = Number(year);
  if (!(born >= EARLIEST && born <= REFERENCE.year)) return null;
  const age = REFERENCE.year - born - (month === REFERENCE.month ? 1 : 0) - carried(born, month);
  return age >= 0 ? age : null;
}

/** The same year in the common era. */
export const commonEra = (year, month) => Number(year) - ERAS_APART + carried(Number(year), month);

/** The Buddhist year that was probably meant by a year of the common era; null if it is none. */
export function takenForCommonEra(text) {
  const year = Number(text) + ERAS_APART;
  return year >= EARLIEST && year <= REFERENCE.year ? year : null;
}

const carried = (year, month) => (year <= LAST_APRIL_YEAR && BEFORE_APRIL.includes(month) ? 1 : 0);
