/** Dwellings found in the field: until the office numbers them, they go by a number of the tablet's own. */

const FIRST_OF_THE_FIELD = 9000;

/** Whether the household still waits for its number from the office. */
export function isProvisional({ id, is_found: isFound }) {
  return Boolean(isFound) && Number(id.split('-')[1] ?? 0) < FIRST_OF_THE_FIELD;
}
