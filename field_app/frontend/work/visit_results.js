/** What a visit can find besides answers, as an enumerator meets it at a door. */

/** The door opened on nobody living there, or on no dwelling: each takes it out of the count. */
export const NOT_ELIGIBLE = ['40', '49', '42', '43', '44', '41', '45', '46', '47', '48'];

/** Why a household that is there gave no answers, or was not reached. */
export const OTHER = ['73', '27', '26', '22', '33', '31', '32', '24', '21', '17', '25', '28', '76'];

const VISITS_BEFORE_CLOSING = 2;

/**
 * The results offered under "something else".
 *
 * That nobody was met at all is a result of the whole effort, not of one visit: it can be given
 * from the third visit on.
 */
export function otherResults({ visits = 0 }) {
  return visits >= VISITS_BEFORE_CLOSING ? ['23', ...OTHER] : OTHER;
}
