/** A household in a list: where it is, its sign, and what is said of it, from every mode. */

import { html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { partsOf } from '../addresses.js';
import { sayMark } from '../sayings.js';
import { sign } from '../signs.js';
import { isProvisional } from '../provisional.js';
import { standingOf } from '../standing.js';
import { words } from '../words.js';
import { householdPage } from './back_link.js';

const MOST_MARKS = 3;

/**
 * @param {import('../known.js').Known} household
 * @param {{ today: string, distance?: string|null, isUnderItsPlace?: boolean }} shown
 */
export function householdRow(household, { today, distance = null, isUnderItsPlace = false }) {
  const { sign: name, marks } = standingOf(household);
  const [first, ...others] = marks;
  return html`<li class="row">
    <a class="row__link row__link--${name}" href=${householdPage(household)}>
      ${sign(name, 32)}
      <span class="row__words">
        <span class="row__head">
          ${address(household, isUnderItsPlace)}
          <span class="row__aside">${distance ? html`<b>${distance}</b>` : nothing}${serialOf(household)}</span>
        </span>
        <span class="row__first">${sayMark(first, today)}</span>
        ${first.reason ? html`<span class="row__reason">${first.reason}</span>` : nothing}
        ${others
          .slice(0, MOST_MARKS - 1)
          .map((mark) => html`<span class="row__other">${sayMark(mark, today)}</span>`)}
      </span>
    </a>
  </li>`;
}

/** The number on the door large; the place beside it, unless the heading above says it. */
function address(household, isUnderItsPlace) {
  const { number, place } = partsOf(household.address);
  if (!number) return html`<span class="row__address" lang="th"><b>${place}</b></span>`;
  return html`<span class="row__address" lang="th">
    <b>${number}</b> <span class=${isUnderItsPlace ? 'visually-hidden' : ''}>${place}</span>
  </span>`;
}

/** The serial of a household, or that the office has yet to give one. */
export function serialOf(household) {
  const t = say(words).list;
  return isProvisional(household) ? t.provisional : t.serial(household.id.slice(12));
}
