// The identity number: how it is written on a card, and whether its last digit can be right.

const GROUPS = [1, 4, 5, 2, 1];
const LENGTH = 13;

/** `1-2345-67890-12-3`, as far as there are digits. */
export function grouped(digits) {
  const parts = [];
  let rest = digits;
  for (const size of GROUPS) {
    if (!rest) break;
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return parts.join('-') + rest;
}

/** `short`, `right`, `wrong` or `long`. */
export function judged(digits) {
  if (digits.length < LENGTH) return 'short';
  if (digits.length > LENGTH) return 'long';
  return Number(digits[LENGTH - 1]) === checkDigit(digits) ? 'right' : 'wrong';
}

function checkDigit(digits) {
  let sum = 0;
  for (let place = 0; place < LENGTH - 1; place += 1) sum += (LENGTH - place) * Number(digits[place]);
  return (11 - (sum % 11)) % 10;
}
