/** The households of one area: searched, filtered, by address or by distance from here. */

import { html, nothing } from 'lit';

import { go } from '../../app/router.js';
import { shownNumber } from '../../app/dates.js';
import { say } from '../../app/language.js';
import * as areas from '../../store/areas.js';
import { byAddress } from '../addresses.js';
import { calendar } from '../census_day.js';
import { byDistanceFrom, placeOf } from '../distances.js';
import { FILTERS, countsByFilter, search } from '../filters.js';
import { follow } from '../here.js';
import { knownIn } from '../noted.js';
import { signSheet } from '../signs.js';
import { words } from '../words.js';
import './household_list.js';
import { icon } from './icons.js';
import { Screen } from './screen.js';

/** What was looked at last in each area, and at each step of the way: coming back is coming back. */
const looks = new Map();
const stepOfTheWay = () => globalThis.navigation?.currentEntry?.key;
const FIRST_LOOK = { filter: 'left', typed: '', order: 'address', scrolled: 0 };

class Area extends Screen {
  static properties = {
    ea: {}, show: {}, look: { state: true }, here: { state: true }, isLocating: { state: true },
  };

  #lookOf = null;
  #stopFollowing = () => {};
  #remember = () => {
    const list = this.querySelector('field-household-list');
    if (list) this.#keep({ ...this.look, scrolled: scrollY, drawn: list.drawn });
  };

  subject() {
    return `${this.ea} ${this.show ?? ''}`;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('scroll', this.#remember, { passive: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('scroll', this.#remember);
    this.#stopFollowing();
  }

  async read() {
    const [area, households, { today }] = await Promise.all([
      areas.get(this.ea), knownIn(this.ea), calendar(),
    ]);
    if (this.#lookOf !== this.subject()) {
      this.look = this.#startingLook();
      this.#lookOf = this.subject();
    }
    if (this.look.order === 'distance') this.#follow();
    return { area, today, households: households.sort(byAddress), counts: countsByFilter(households) };
  }

  #startingLook() {
    const here = looks.get(stepOfTheWay());
    if (here) return here;
    const look = { ...FIRST_LOOK, ...looks.get(this.ea) };
    return FILTERS[this.show] ? { ...look, filter: this.show, typed: '', scrolled: 0 } : look;
  }

  /** Once the rows are there again, the page is where it was. */
  firstDrawn() {
    super.firstDrawn();
    const { scrolled } = this.look;
    this.querySelector('.chip input:checked')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    if (scrolled) requestAnimationFrame(() => scrollTo(0, scrolled));
  }

  draw({ area, today, households, counts }) {
    const t = say(words).list;
    if (!area) return unknownArea(t);
    const shown = this.#shownOf(households);
    return html`<div class="work">
      ${signSheet()}
      <h1 tabindex="-1" class="title">
        <span lang="th">${area.name}</span> <span class="title__code">${this.ea}</span>
        ${area.is_practice ? html`<span class="tag tag--attention">${say(words).areas.practiceNote}</span>` : nothing}
      </h1>
      ${this.#searchField(t)}
      ${this.#filters(counts, t)}
      <div class="ordering">
        ${this.#order(t)}
        <p class="shown" role="status">${t.shown(shown.length, households.length)}</p>
      </div>
      ${shown.length ? this.#rows(shown, today) : this.#nothingShown(counts, t)}
      ${this.#bar(t)}
    </div>`;
  }

  #shownOf(households) {
    const { filter, typed } = this.look;
    // Whoever types a number looks for a door, whatever there is to do at it.
    const chosen = typed.trim() ? search(households, typed) : households.filter(FILTERS[filter]);
    return this.#isByDistance() ? [...chosen].sort(byDistanceFrom(placeOf(this.here))) : chosen;
  }

  #searchField(t) {
    return html`<div class="search">
      <label class="visually-hidden" for="search">${t.search}</label>
      <input class="input" id="search" type="search" autocomplete="off" enterkeyhint="search"
        placeholder=${t.search} .value=${this.look.typed}
        @input=${(event) => this.#change({ typed: event.target.value })}>
    </div>`;
  }

  #filters(counts, t) {
    const offered = Object.keys(FILTERS).filter(
      (name) => counts[name] > 0 || name === this.look.filter || name === 'left' || name === 'all',
    );
    return html`<fieldset class="chips" ?disabled=${this.look.typed.trim() !== ''}>
      <legend class="visually-hidden">${t.filter}</legend>
      ${offered.map(
        (name) => html`<label class="chip">
          <input type="radio" name="filter" .checked=${name === this.look.filter}
            @change=${() => this.#change({ filter: name })}>
          <span>${t.filters[name]} <b>${shownNumber(counts[name])}</b></span>
        </label>`,
      )}
    </fieldset>`;
  }

  #order(t) {
    return html`<fieldset class="switch">
      <legend class="visually-hidden">${t.order}</legend>
      ${Object.entries(t.orders).map(
        ([order, label]) => html`<label class="switch__side">
          <input type="radio" name="order" .checked=${order === this.look.order}
            @change=${() => this.#orderBy(order)}>
          <span>${label}</span>
        </label>`,
      )}
      ${this.look.order === 'distance' && !this.here
        ? html`<p class="switch__note" role="status">${this.isLocating ? t.locating : t.noPosition}</p>`
        : nothing}
    </fieldset>`;
  }

  #rows(shown, today) {
    return html`<field-household-list .households=${shown} .today=${today} .here=${placeOf(this.here)}
      .isByPlace=${!this.#isByDistance()} .drawn=${this.look.drawn}></field-household-list>`;
  }

  #isByDistance() {
    return this.look.order === 'distance' && Boolean(this.here);
  }

  #nothingShown(counts, t) {
    const isAllDone = counts.left === 0 && this.look.filter === 'left' && !this.look.typed.trim();
    return html`<div class="sheet nothing">
      <p>${isAllDone && counts.all ? t.noneLeft : t.none}</p>
      <button class="button button--second" @click=${() => this.#change({ filter: 'all', typed: '' })}>
        ${t.showAll}
      </button>
    </div>`;
  }

  #bar(t) {
    const problem = `#/problem?area=${this.ea}`;
    return html`<nav class="work-bar" aria-label=${say(words).household.moreActions}>
      <a class="work-bar__item" href=${`#/area/${this.ea}/map`}>${icon('map')}<span>${t.map}</span></a>
      <a class="work-bar__item" href=${`#/area/${this.ea}/found`}>${icon('add')}<span>${t.found}</span></a>
      <a class="work-bar__item" href=${problem}>${icon('alert')}<span>${t.problem}</span></a>
    </nav>`;
  }

  #orderBy(order) {
    this.#change({ order });
    this.#stopFollowing();
    if (order === 'distance') this.#follow();
  }

  #follow() {
    this.isLocating = true;
    this.#stopFollowing();
    this.#stopFollowing = follow((position) => {
      this.isLocating = false;
      this.here = position ?? this.here ?? null;
    });
  }

  #change(part) {
    this.look = { ...this.look, ...part, scrolled: 0, drawn: undefined };
    this.#keep(this.look);
  }

  #keep(look) {
    looks.set(this.ea, look);
    looks.set(stepOfTheWay(), look);
  }
}

/** What is shown of an area that is not on the tablet. */
export function unknownArea(t) {
  return html`<div class="work sheet">
    <h1 tabindex="-1">${t.unknownArea}</h1>
    <button class="button" @click=${() => go('#/', { replace: true })}>${t.back}</button>
  </div>`;
}

customElements.define('field-area', Area);
