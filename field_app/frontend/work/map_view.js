/**
 * Which part of the map is seen: a middle, in metres of the projection, and a scale, in pixels a
 * metre. Every function gives a new view; none changes the one it got.
 *
 * @typedef {{ x: number, y: number, scale: number }} View
 * @typedef {{ width: number, height: number }} Size
 */

const CLOSEST = 12;
const MARGIN = 0.9;

/** The view that shows all of a box of metres. @returns {View} */
export function viewOfAll([left, top, right, bottom], { width, height }) {
  const wide = Math.max(right - left, 20);
  const high = Math.max(bottom - top, 20);
  const scale = Math.min(CLOSEST, MARGIN * Math.min(width / wide, height / high));
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale };
}

/** The view moved by pixels, as the finger went. @returns {View} */
export function movedBy(view, right, down) {
  return { ...view, x: view.x - right / view.scale, y: view.y - down / view.scale };
}

/**
 * The view brought nearer or farther around a point of the screen, which stays where it is.
 *
 * @param {{ x: number, y: number }} around pixels from the middle of the picture
 * @param {number} farthest the smallest scale that makes sense
 * @returns {View}
 */
export function zoomedBy(view, factor, around, farthest) {
  const scale = Math.min(CLOSEST, Math.max(farthest, view.scale * factor));
  const shift = 1 / view.scale - 1 / scale;
  return { x: view.x + around.x * shift, y: view.y + around.y * shift, scale };
}

/** Where a point of the map is on the screen, in pixels from the picture's corner. */
export function onScreen([x, y], view, { width, height }) {
  return [(x - view.x) * view.scale + width / 2, (y - view.y) * view.scale + height / 2];
}

/** The transform that draws the map's metres as this view. */
export function transformOf(view, { width, height }) {
  const right = width / 2 - view.x * view.scale;
  const down = height / 2 - view.y * view.scale;
  return `translate(${right.toFixed(2)} ${down.toFixed(2)}) scale(${view.scale.toFixed(5)})`;
}

/**
 * What is near a point of the screen, the nearest first; only what is as near as the nearest one
 * or cannot be told apart from it by a thumb.
 *
 * @template {{ at: [number, number] }} Dot
 * @param {Dot[]} dots
 * @returns {Dot[]}
 */
export function dotsNear(dots, [x, y], view, size, { reach = 28, blur = 10 } = {}) {
  const measured = dots
    .map((dot) => {
      const [right, down] = onScreen(dot.at, view, size);
      return { dot, far: Math.hypot(right - x, down - y) };
    })
    .filter(({ far }) => far <= reach)
    .sort((one, other) => one.far - other.far);
  return measured.filter(({ far }) => far <= measured[0].far + blur).map(({ dot }) => dot);
}

/** A length in metres that is round and about as long on the screen as asked. */
export function scaleBar(view, pixels = 110) {
  const most = pixels / view.scale;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= most);
  return { metres, pixels: metres * view.scale };
}
