// Where the tablet is, as far as it knows.
const USUAL_WAIT_MS = 15_000;
const STILL_FRESH_MS = 10_000;

/**
 * The position now, or null when the tablet cannot or may not tell.
 *
 * Metres for altitude and accuracy. An accuracy of 0 is passed on as it is: it marks a position
 * that another program made up.
 *
 * @param {{timeout?: number}} [options] How long to wait, in milliseconds.
 * @returns {Promise<{latitude: number, longitude: number, altitude: number|null, accuracy: number}|null>}
 */
export function current({ timeout = USUAL_WAIT_MS } = {}) {
  if (!globalThis.navigator?.geolocation) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(positionOf(coords)),
      () => resolve(null),
      { enableHighAccuracy: true, timeout, maximumAge: STILL_FRESH_MS },
    );
  });
}

function positionOf({ latitude, longitude, altitude, accuracy }) {
  return { latitude, longitude, altitude, accuracy };
}
