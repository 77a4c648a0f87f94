/** Follows where the tablet is while a screen shows distances or the map. */

const USUAL = { enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000 };

/**
 * Tells every new position, and `null` when the tablet cannot or may not say.
 *
 * @param {(position: {latitude: number, longitude: number, accuracy: number}|null) => void} tell
 * @returns {() => void} stops it
 */
export function follow(tell) {
  if (!navigator.geolocation) {
    tell(null);
    return () => {};
  }
  const watch = navigator.geolocation.watchPosition(
    ({ coords: { latitude, longitude, accuracy } }) => tell({ latitude, longitude, accuracy }),
    () => tell(null),
    USUAL,
  );
  return () => navigator.geolocation.clearWatch(watch);
}
