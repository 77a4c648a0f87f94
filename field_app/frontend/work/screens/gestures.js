/** What fingers, a mouse and a wheel do to a map: move it, bring it nearer, choose something on it. */

const STILL_A_TAP_PX = 10;
const WHEEL_STEP = 1.0015;

/**
 * Reads pointers on an element; one moves, two zoom around their middle, a short touch chooses.
 *
 * `moved(right, down)` in pixels, `zoomed(factor, around)` with pixels from the element's middle,
 * `tapped([x, y])` with pixels from its corner.
 */
export class Gestures {
  #pointers = new Map();
  #start = null;
  #isTap = false;

  constructor({ moved, zoomed, tapped }) {
    Object.assign(this, { moved, zoomed, tapped });
  }

  /** Read the pointers on this element. */
  listenTo(element) {
    element.addEventListener('pointerdown', (event) => this.#down(event, element));
    element.addEventListener('pointermove', (event) => this.#move(event, element));
    element.addEventListener('pointerup', (event) => this.#up(event, element));
    element.addEventListener('pointercancel', (event) => this.#gone(event));
    element.addEventListener('wheel', (event) => this.#wheel(event, element), { passive: false });
  }

  #down(event, element) {
    element.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, [event.clientX, event.clientY]);
    this.#isTap = this.#pointers.size === 1;
    this.#start = [event.clientX, event.clientY];
  }

  #move(event, element) {
    if (!this.#pointers.has(event.pointerId)) return;
    const before = [...this.#pointers.values()];
    const now = [event.clientX, event.clientY];
    if (this.#isTap && distance(this.#start, now) <= STILL_A_TAP_PX) return;
    // What has become a move begins where the finger is, so that the map does not jump.
    const from = this.#isTap ? now : this.#pointers.get(event.pointerId);
    this.#isTap = false;
    this.#pointers.set(event.pointerId, now);
    if (before.length === 1) this.moved(now[0] - from[0], now[1] - from[1]);
    if (before.length === 2) this.#pinch(before, element);
  }

  #pinch(before, element) {
    const after = [...this.#pointers.values()];
    const [was, is] = [middle(before), middle(after)];
    this.moved(is[0] - was[0], is[1] - was[1]);
    this.zoomed(distance(...after) / Math.max(1, distance(...before)), fromMiddle(is, element));
  }

  #up(event, element) {
    if (this.#isTap && this.#pointers.has(event.pointerId)) {
      const { left, top } = element.getBoundingClientRect();
      this.tapped([event.clientX - left, event.clientY - top]);
    }
    this.#gone(event);
  }

  #gone(event) {
    this.#pointers.delete(event.pointerId);
    this.#isTap = false;
  }

  #wheel(event, element) {
    event.preventDefault();
    this.zoomed(WHEEL_STEP ** -event.deltaY, fromMiddle([event.clientX, event.clientY], element));
  }
}

function fromMiddle([x, y], element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: x - left - width / 2, y: y - top - height / 2 };
}

const middle = ([[x1, y1], [x2, y2]]) => [(x1 + x2) / 2, (y1 + y2) / 2];
const distance = ([x1, y1], [x2, y2]) => Math.hypot(x1 - x2, y1 - y2);
