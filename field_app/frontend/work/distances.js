/** How far it is from here, in metres over the ground. */

const EARTH_RADIUS_M = 6_371_000;
const radians = (degrees) => (degrees * Math.PI) / 180;

/**
 * Metres between two places.
 *
 * @param {[number, number]} one longitude and latitude
 * @param {[number, number]} other
 */
export function metresBetween(one, other) {
  const [lon1, lat1, lon2, lat2] = [...one, ...other].map(radians);
  const half = (difference) => Math.sin(difference / 2) ** 2;
  const chord = half(lat2 - lat1) + Math.cos(lat1) * Math.cos(lat2) * half(lon2 - lon1);
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Longitude and latitude of a position of the tablet, or null. */
export function placeOf(position) {
  return position ? [position.longitude, position.latitude] : null;
}

/** Metres from here to a household, or null where either place is unknown. */
export function distanceTo(household, here) {
  const there = household.register?.position;
  return here && there ? metresBetween(here, there) : null;
}

/** Compares two households by their distance from here; those without a place come last. */
export function byDistanceFrom(here) {
  const far = (household) => distanceTo(household, here) ?? Infinity;
  return (one, other) => far(one) - far(other) || 0;
}

/** A distance as one says it: to ten metres when near, to a tenth of a kilometre when far. */
export function shownDistance(metres, words) {
  if (metres < 995) return words.metres(Math.max(10, Math.round(metres / 10) * 10));
  return words.kilometres((metres / 1000).toFixed(1));
}
