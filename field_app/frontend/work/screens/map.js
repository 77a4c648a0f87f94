/** The map of one area: its outline, its dwellings by how they stand, and where the tablet is. */

import { html, nothing, svg } from 'lit';
import { guard } from 'lit/directives/guard.js';

import { say } from '../../app/language.js';
import * as areas from '../../store/areas.js';
import { calendar } from '../census_day.js';
import { placeOf, shownDistance } from '../distances.js';
import { follow } from '../here.js';
import { pictureOf } from '../map_picture.js';
import { dotsNear, movedBy, onScreen, scaleBar, transformOf, viewOfAll, zoomedBy } from '../map_view.js';
import { knownIn } from '../noted.js';
import { signName } from '../sayings.js';
import { SIGNS } from '../standing.js';
import { sign, signOnMap, signSheet } from '../signs.js';
import { words } from '../words.js';
import { unknownArea } from './area.js';
import { backLink } from './back_link.js';
import { Gestures } from './gestures.js';
import { icon } from './icons.js';
import { householdRow } from './row.js';
import { Screen } from './screen.js';

const STEP = 1.6;
const NUDGE = 80;
const SMALLEST_SIGN = 0.7;
const LARGEST_SIGN = 1.25;
const PIXELS_A_METRE_FOR_LARGE = 4;

class AreaMap extends Screen {
  static properties = {
    ea: {}, at: {}, view: { state: true }, size: { state: true }, here: { state: true },
    chosen: { state: true }, isLost: { state: true },
  };

  #stopFollowing = () => {};
  #gestures = new Gestures({
    moved: (right, down) => this.#show(movedBy(this.view, right, down)),
    zoomed: (factor, around) => this.#zoom(factor, around),
    tapped: (point) => this.#choose(point),
  });

  #sizes = new ResizeObserver(([{ contentRect: { width, height } }]) => {
    if (width && height) this.size = { width, height };
  });

  subject() {
    return this.ea;
  }

  connectedCallback() {
    super.connectedCallback();
    this.here = undefined;
    this.#stopFollowing = follow((position) => {
      this.isLost = position === null;
      this.here = position ?? this.here;
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stopFollowing();
    this.#sizes.disconnect();
    this.#watched = null;
  }

  #watched = null;

  async read() {
    const [area, households, { today }] = await Promise.all([
      areas.get(this.ea), knownIn(this.ea), calendar(),
    ]);
    return { area, today, picture: area && pictureOf(area, households) };
  }

  updated() {
    const frame = this.querySelector('.map__frame');
    if (frame && frame !== this.#watched) {
      this.#watched = frame;
      this.#sizes.observe(frame);
      this.#gestures.listenTo(frame.querySelector('svg.map__picture'));
    }
    const dots = this.querySelector('.map__dots');
    if (dots && this.view) dots.style.setProperty('--sign-size', signSize(this.view));
    // The first view waits until the picture has a size; a later one is the reader's own.
    if (!this.view && this.size && this.found?.picture?.box) this.view = this.#firstView();
  }

  draw({ area, today, picture }) {
    const t = say(words).map;
    if (!area) return unknownArea(say(words).list);
    if (!picture.box) return noMap(area, this.ea, t);
    return html`<div class="map-screen">
      ${signSheet()}
      ${backLink(`#/area/${this.ea}`, t.list)}
      <h1 tabindex="-1" class="map__title" lang="th">${area.name}</h1>
      <div class="map__frame">
        ${this.#picture(picture, t)}
        ${this.#controls(t)}
        ${this.#scale(t)}
      </div>
      <p class="map__note" role="status">${this.#note(picture, t)}</p>
      ${this.#sheet(today, t)}
      <div class="map__below">
        ${legend(picture, t)}
      </div>
    </div>`;
  }

  #picture(picture, t) {
    const { view, size } = this;
    const transform = view && size ? transformOf(view, size) : nothing;
    return html`<svg class="map__picture" tabindex="0" role="application" aria-roledescription=${t.title('')}
        aria-label=${t.label(picture.dots.length)} aria-describedby="map-keys"
        @keydown=${this.#onKey}>
      <g class="map__dots" transform=${transform} visibility=${view ? 'visible' : 'hidden'}>
        <path class="map__area" d=${picture.outline} />
        ${this.#ownPlace(picture)}
        ${guard([picture.dots, this.chosen], () => picture.dots.map((dot) => dotOf(dot, this.chosen)))}
      </g>
      <path class="map__cross" d=${crossAt(size)} />
    </svg>
    <p id="map-keys" class="visually-hidden">${t.keys}</p>`;
  }

  #ownPlace({ project }) {
    if (!this.here || !this.view) return nothing;
    const [x, y] = project(placeOf(this.here));
    return svg`<g class="map__here" transform=${`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
      <circle class="map__accuracy" r=${this.here.accuracy} />
      <circle class="map__dot-here" r=${9 / this.view.scale} stroke-width=${3 / this.view.scale} />
    </g>`;
  }

  #controls(t) {
    const button = (name, label, act) => html`<button class="map__button" aria-label=${label}
      title=${label} @click=${act}>${icon(name)}</button>`;
    return html`<div class="map__controls">
      ${button('plus', t.closer, () => this.#zoom(STEP))}
      ${button('minus', t.farther, () => this.#zoom(1 / STEP))}
      ${button('whole', t.whole, () => this.#showAll())}
      ${button('here', t.here, () => this.#showHere())}
    </div>`;
  }

  #scale(t) {
    if (!this.view) return nothing;
    const { metres, pixels } = scaleBar(this.view);
    return html`<svg class="map__scale" width=${pixels + 4} height="30" aria-hidden="true">
      <path d=${`M2 18v8h${pixels.toFixed(1)}v-8`} />
      <text x="8" y="16">${shownDistance(metres, t)}</text>
    </svg>`;
  }

  #note(picture, t) {
    const said = [];
    if (this.isLost) said.push(t.noPosition);
    else if (!this.here) said.push(t.locating);
    else said.push(t.accuracy(Math.round(this.here.accuracy)));
    if (this.here && !picture.contains(placeOf(this.here))) said.push(t.outside);
    if (!picture.hasBoundary) said.push(t.noBoundary);
    if (picture.unplaced) said.push(t.unplaced(picture.unplaced));
    return said.join(' · ');
  }

  #sheet(today, t) {
    if (!this.chosen?.length) return nothing;
    return html`<section class="map__sheet" aria-label=${t.several(this.chosen.length)}>
      <div class="map__sheet-head">
        <h2>${t.several(this.chosen.length)}</h2>
        <button class="button button--second button--small" @click=${() => { this.chosen = null; }}>${t.close}</button>
      </div>
      <ul class="rows">${this.chosen.map((household) => householdRow(household, { today }))}</ul>
    </section>`;
  }

  #firstView() {
    const whole = viewOfAll(this.found.picture.box, this.size);
    const dot = this.found.picture.dots.find(({ household }) => household.id === this.at);
    if (!dot) return whole;
    this.chosen = [dot.household];
    return { x: dot.at[0], y: dot.at[1], scale: Math.max(whole.scale, 2) };
  }

  #show(view) {
    this.view = view;
  }

  #showAll() {
    this.#show(viewOfAll(this.found.picture.box, this.size));
  }

  #showHere() {
    if (!this.here) return;
    const [x, y] = this.found.picture.project(placeOf(this.here));
    this.#show({ x, y, scale: Math.max(this.view.scale, 2) });
  }

  #zoom(factor, around = { x: 0, y: 0 }) {
    const farthest = viewOfAll(this.found.picture.box, this.size).scale / 4;
    this.#show(zoomedBy(this.view, factor, around, farthest));
  }

  #choose(point) {
    const near = dotsNear(this.found.picture.dots, point, this.view, this.size);
    this.chosen = near.map(({ household }) => household);
    if (near.length) this.updateComplete.then(() => {
      this.querySelector('.map__sheet')?.scrollIntoView({ block: 'nearest' });
    });
  }

  #onKey(event) {
    const act = {
      ArrowLeft: () => this.#show(movedBy(this.view, NUDGE, 0)),
      ArrowRight: () => this.#show(movedBy(this.view, -NUDGE, 0)),
      ArrowUp: () => this.#show(movedBy(this.view, 0, NUDGE)),
      ArrowDown: () => this.#show(movedBy(this.view, 0, -NUDGE)),
      '+': () => this.#zoom(STEP),
      '=': () => this.#zoom(STEP),
      '-': () => this.#zoom(1 / STEP),
      0: () => this.#showAll(),
      Enter: () => this.#chooseMiddle(),
      Escape: () => { this.chosen = null; },
    }[event.key];
    if (!act || !this.view) return;
    event.preventDefault();
    act();
  }

  /** From the keyboard, the dwelling nearest to the cross in the middle. */
  #chooseMiddle() {
    const { view, size } = this;
    const far = ({ at: [x, y] }) => Math.hypot(x - view.x, y - view.y);
    const [nearest] = [...this.found.picture.dots].sort((one, other) => far(one) - far(other));
    if (nearest) this.#choose(onScreen(nearest.at, view, size));
  }
}

/** One dwelling. Its size is one variable for all: zooming must not touch six hundred of them. */
function dotOf({ at: [x, y], sign: name, household }, chosen) {
  return svg`<g class=${chosen?.includes(household) ? 'map__dot map__dot--chosen' : 'map__dot'}
    transform=${`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>${signOnMap(name)}</g>`;
}

/** Signs grow with the map, but slower, and stay large enough to be told apart. */
function signSize({ scale }) {
  const wanted = Math.sqrt(scale / PIXELS_A_METRE_FOR_LARGE);
  return Math.min(LARGEST_SIGN, Math.max(SMALLEST_SIGN, wanted)) / scale;
}

function crossAt(size) {
  if (!size) return '';
  const [x, y] = [size.width / 2, size.height / 2];
  return `M${x - 12} ${y}h24M${x} ${y - 12}v24`;
}

function noMap(area, ea, t) {
  return html`<div class="work">
    <h1 tabindex="-1">${t.title(area.name)}</h1>
    <div class="sheet"><p>${t.nothing}</p>
      <a class="button" href=${`#/area/${ea}`}>${t.list}</a></div>
  </div>`;
}

function legend({ dots }, t) {
  const there = new Set(dots.map((dot) => dot.sign));
  return html`<details class="legend" open>
    <summary>${t.legend}</summary>
    <ul class="plain-list">
      ${SIGNS.filter((name) => there.has(name)).map(
        (name) => html`<li>${sign(name)} <span>${signName(name)}</span></li>`,
      )}
    </ul>
  </details>`;
}

customElements.define('field-map', AreaMap);
