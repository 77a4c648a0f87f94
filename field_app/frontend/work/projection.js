/**
 * A flat picture of a small piece of the earth, in metres from its middle, north up.
 *
 * An enumeration area is a few kilometres wide at most: a plane touches it well enough.
 */

const METRES_PER_DEGREE = 111_195;

/**
 * A projection around a place.
 *
 * @param {[number, number]} middle longitude and latitude
 */
export function projectionAround([longitude, latitude]) {
  const narrowing = Math.cos((latitude * Math.PI) / 180);
  return ([lon, lat]) => [
    (lon - longitude) * METRES_PER_DEGREE * narrowing,
    (latitude - lat) * METRES_PER_DEGREE,
  ];
}

/** The smallest box around places: `[west, south, east, north]`, or null where there are none. */
export function boxAround(places) {
  if (places.length === 0) return null;
  const [first] = places;
  return places.reduce(
    ([west, south, east, north], [lon, lat]) => [
      Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat),
    ],
    [...first, ...first],
  );
}

/** The middle of a box. */
export function middleOf([west, south, east, north]) {
  return [(west + east) / 2, (south + north) / 2];
}

/** Every ring of a boundary, outer ones and holes, as places; none where there is no boundary. */
export function ringsOf(boundary) {
  const geometry = boundary?.type === 'Feature' ? boundary.geometry : boundary;
  if (geometry?.type === 'Polygon') return geometry.coordinates;
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates.flat();
  return [];
}

/** The rings as one path of an SVG; drawn with `fill-rule: evenodd`, holes stay open. */
export function pathOf(rings, project) {
  const shown = (place) => project(place).map((metres) => metres.toFixed(1)).join(' ');
  return rings.map((ring) => `M${ring.map(shown).join('L')}Z`).join('');
}

/** Whether a place lies inside the rings; what lies in a hole lies outside. */
export function contains(rings, [lon, lat]) {
  let isInside = false;
  for (const ring of rings) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      const [[x1, y1], [x2, y2]] = [ring[at], ring[before]];
      const crosses = y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1;
      if (crosses) isInside = !isInside;
    }
  }
  return isInside;
}
