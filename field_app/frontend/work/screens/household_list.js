/**
 * A list of households that may be long: what is seen is drawn, and more of it as one goes on.
 *
 * Drawing a row costs more than reading it; an area can have six hundred, a cheap tablet is slow.
 */

import { LitElement, html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';

import { language, say } from '../../app/language.js';
import { partsOf } from '../addresses.js';
import { distanceTo, shownDistance } from '../distances.js';
import { words } from '../words.js';
import { householdRow } from './row.js';

const AT_FIRST = 40;
const AT_A_TIME = 60;
const BEFORE_IT_IS_SEEN = '1500px';

class HouseholdList extends LitElement {
  static properties = {
    /** The households in the order in which they are shown. */
    households: {},
    today: {},
    /** Longitude and latitude of the tablet, or null. */
    here: {},
    /** Whether the place is written above the households that are there together. */
    isByPlace: {},
    /** How many are drawn; given when one comes back to where one was. */
    drawn: {},
  };

  #ahead = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#drawMore(), {
    rootMargin: BEFORE_IT_IS_SEEN,
  });

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ahead.disconnect();
  }

  willUpdate(changed) {
    const isOtherList = changed.has('households') && changed.get('households')?.length !== this.households.length;
    if (!this.drawn || (isOtherList && this.hasUpdated)) this.drawn = AT_FIRST;
  }

  render() {
    const drawn = this.households.slice(0, this.drawn);
    const rows = this.isByPlace ? withHeadings(drawn) : drawn;
    return html`<ul class="rows">
        ${repeat(rows, ({ id, heading }) => id ?? `place ${heading}`, (row) => this.#row(row))}
      </ul>
      ${drawn.length < this.households.length ? html`<div class="rows__more"></div>` : nothing}`;
  }

  updated() {
    // Watched anew, as it may still be in sight after more was drawn.
    this.#ahead.disconnect();
    const end = this.querySelector('.rows__more');
    if (end) this.#ahead.observe(end);
  }

  #row(row) {
    if (row.heading) return html`<li class="rows__place" lang="th">${row.heading}</li>`;
    const metres = distanceTo(row, this.here);
    const distance = metres === null ? null : shownDistance(metres, say(words).list);
    const { today, isByPlace } = this;
    return guard([row, today, distance, isByPlace, language()], () =>
      householdRow(row, { today, distance, isUnderItsPlace: isByPlace }),
    );
  }

  #drawMore() {
    this.drawn = Math.min(this.households.length, this.drawn + AT_A_TIME);
  }
}

/** The households with the place above each group that is there together. */
function withHeadings(households) {
  const rows = [];
  let last = null;
  for (const household of households) {
    const { number, place } = partsOf(household.address);
    if (number && place !== last) rows.push({ heading: place });
    last = number ? place : last;
    rows.push(household);
  }
  return rows;
}

customElements.define('field-household-list', HouseholdList);
