/** The day list: whom to meet when, what was missed, and which forms wait to be picked up. */

import { html, nothing } from 'lit';

import { shownDate, shownDay } from '../../app/dates.js';
import { say } from '../../app/language.js';
import { dayList } from '../appointments.js';
import { calendar } from '../census_day.js';
import { dayAfter } from '../days.js';
import { knownEverywhere } from '../noted.js';
import { shownHours, shownWhen } from '../sayings.js';
import { words } from '../words.js';
import { householdPage } from './back_link.js';
import { serialOf } from './row.js';
import { Screen } from './screen.js';

class Day extends Screen {
  async read() {
    const [{ today }, everywhere] = await Promise.all([calendar(), knownEverywhere()]);
    const areaOf = new Map(everywhere.map(({ area }) => [area.ea_code, area]));
    const households = everywhere.flatMap(({ households: found }) => found);
    return { today, areaOf, list: dayList(households, today) };
  }

  draw({ today, areaOf, list }) {
    const t = say(words).day;
    const isEmpty = !list.overdue.length && !list.today.length && !list.days.length && !list.pickUps.length;
    const entry = (appointment) => appointmentEntry(appointment, areaOf, t);
    return html`<div class="work">
      <h1 tabindex="-1">${t.title}</h1>
      ${isEmpty ? html`<div class="sheet"><h2>${t.none}</h2><p>${t.noneHint}</p></div>` : nothing}
      ${list.overdue.length
        ? part('overdue', t.overdue, list.overdue.map((each) => entry({ ...each, isOverdue: true })))
        : nothing}
      ${isEmpty ? nothing : part('today', t.today(shownDate(today)), list.today.map(entry), t.noneToday)}
      ${list.days.map(({ on, appointments }) =>
        part(on, on === dayAfter(today, 1) ? t.tomorrow(shownDay(on)) : shownDate(on), appointments.map(entry)),
      )}
      ${list.pickUps.length
        ? part('pick-ups', t.pickUps, list.pickUps.map((each) => pickUpEntry(each, areaOf, today, t)))
        : nothing}
    </div>`;
  }
}

function part(id, title, entries, empty = '') {
  return html`<section class="day day--${id}" aria-labelledby=${`day-${id}`}>
    <h2 id=${`day-${id}`}>${title}</h2>
    ${entries.length ? html`<ul class="plain-list">${entries}</ul>` : html`<p>${empty}</p>`}
  </section>`;
}

function appointmentEntry({ household, on, isPickUp, isOverdue, ...hours }, areaOf, t) {
  const when = shownHours(hours) || t.anyTime;
  return entryOf(household, areaOf, {
    when: isOverdue ? html`${shownDay(on)}<br>${when}` : when,
    what: isPickUp ? t.pickUp : t.meet,
    isPickUp,
  });
}

function pickUpEntry(household, areaOf, today, t) {
  const at = household.form_left?.at;
  return entryOf(household, areaOf, {
    when: at ? t.leftOn(shownWhen(at, today)) : t.anyTime, what: t.pickUp, isPickUp: true,
  });
}

function entryOf(household, areaOf, { when, what, isPickUp }) {
  const area = areaOf.get(household.ea_code);
  const to = `${householdPage(household)}${isPickUp ? '/paper?do=collect' : ''}`;
  return html`<li>
    <a class="meeting" href=${to}>
      <span class="meeting__when">${when}</span>
      <span class="meeting__where">
        <b lang="th">${household.address}</b>
        <span><span class="tag tag--ready">${what}</span> ${serialOf(household)}
          <span class="meeting__area" lang="th">· ${area?.name}</span></span>
        ${area?.is_practice ? html`<span class="tag tag--attention">${say(words).areas.practiceNote}</span>` : nothing}
      </span>
      <span class="chevron" aria-hidden="true"></span>
    </a>
  </li>`;
}

customElements.define('field-day', Day);
