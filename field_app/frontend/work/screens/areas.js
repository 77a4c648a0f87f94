/** The first screen: the areas in the enumerator's hands, and how far each has come. */

import { html, nothing } from 'lit';

import { shownDay, shownNumber } from '../../app/dates.js';
import { say } from '../../app/language.js';
import { dueBy } from '../appointments.js';
import { calendar } from '../census_day.js';
import { countsOf } from '../counts.js';
import { periodLeft } from '../days.js';
import { knownEverywhere } from '../noted.js';
import { words } from '../words.js';
import { Screen } from './screen.js';

class Areas extends Screen {
  async read() {
    const [{ today, period }, everywhere] = await Promise.all([calendar(), knownEverywhere()]);
    const areas = everywhere.map(({ area, households }) => ({
      ...area,
      counts: countsOf(households, today),
    }));
    const real = everywhere.filter(({ area }) => !area.is_practice);
    return {
      today,
      period,
      working: areas.filter((area) => !area.is_practice),
      practising: areas.filter((area) => area.is_practice),
      due: dueBy(real.flatMap(({ households }) => households), today),
    };
  }

  draw({ today, period, working, practising, due }) {
    const t = say(words).areas;
    const isEmpty = working.length + practising.length === 0;
    return html`<div class="work">
      <h1 tabindex="-1">${t.title}</h1>
      ${period ? periodLine(period, today, t) : nothing}
      ${isEmpty ? nothingHere(t) : dayLink(due, t)}
      ${working.map((area) => areaCard(area, t))}
      ${practising.length ? practice(practising, t) : nothing}
    </div>`;
  }
}

function periodLine(period, today, t) {
  const { state, days } = periodLeft(period, today);
  const said = {
    before: t.notStarted(days), running: t.daysLeft(days), last: t.lastDay, over: t.over,
  }[state];
  const tag = { before: 'tag', running: 'tag', last: 'tag tag--attention', over: 'tag tag--wrong' }[state];
  return html`<p class="period">
    <span>${t.period(shownDay(period.starts_on), shownDay(period.ends_on))}</span>
    <span class=${tag}>${said}</span>
  </p>`;
}

function nothingHere(t) {
  return html`<div class="sheet">
    <h2>${t.none}</h2>
    <p>${t.noneHint}</p>
    <a class="button" href="#/sync">${t.sync}</a>
  </div>`;
}

function dayLink(due, t) {
  return html`<a class="day-link ${due ? 'day-link--due' : ''}" href="#/day">
    <span>${t.day(due)}</span><span class="chevron" aria-hidden="true"></span>
  </a>`;
}

function practice(areas, t) {
  return html`<section class="practice" aria-labelledby="practice">
    <h2 id="practice">${t.practiceNote}</h2>
    <p>${t.practiceHint}</p>
    ${areas.map((area) => areaCard(area, t))}
  </section>`;
}

function areaCard({ ea_code: code, name, counts, plan, is_practice: isPractice }, t) {
  const id = `area-${code}`;
  const title = html`<span lang="th">${name}</span> <span class="area__code">${code}</span>`;
  return html`<section class="area ${isPractice ? 'area--practice' : ''}" aria-labelledby=${id}>
    <a class="area__link" href=${`#/area/${code}`}>
      ${isPractice
        ? html`<h3 class="area__name" id=${id}>${title} <span class="tag tag--attention">${t.practice}</span></h3>`
        : html`<h2 class="area__name" id=${id}>${title}</h2>`}
      <span class="chevron" aria-hidden="true"></span>
    </a>
    ${progress(counts, t)}
    ${plan && !isPractice ? planLine(plan, counts, t) : nothing}
    ${figures(code, counts, t)}
  </section>`;
}

function progress({ done, total }, t) {
  const sentence = t.done(shownNumber(done), shownNumber(total));
  return html`<div class="area__progress">
    <progress max=${Math.max(total, 1)} value=${done} aria-label=${sentence}></progress>
    <span aria-hidden="true">${sentence}</span>
  </div>`;
}

/** Answers that wait on this tablet count towards the plan: the office does not know them yet. */
function planLine({ expected, done: known }, { answeredHere }, t) {
  const done = known + answeredHere;
  const behind = expected - done;
  const said = behind > 0 ? t.behind(behind) : behind < 0 ? t.ahead(-behind) : t.onPlan;
  return html`<p class="area__plan">
    <span>${t.plan(shownNumber(done), shownNumber(expected))}</span>
    <span class="tag ${behind > 0 ? 'tag--attention' : 'tag--good'}">${said}</span>
  </p>`;
}

/** Each figure leads to the households it counts. */
function figures(code, counts, t) {
  const shown = [
    ['left', t.left, counts.left],
    ['correct', t.returned, counts.returned],
    ['appointment', t.dueToday, counts.dueToday],
    ['collect', t.toCollect, counts.toCollect],
    ['unsent', t.unsent, counts.unsent],
  ];
  return html`<ul class="figures plain-list">
    ${shown
      .filter(([filter, , count]) => count > 0 || filter === 'left')
      .map(
        ([filter, label, count]) => html`<li>
          <a class="figure figure--${filter}" href=${`#/area/${code}?show=${filter}`}>
            <strong>${shownNumber(count)}</strong> <span>${label}</span>
          </a>
        </li>`,
      )}
  </ul>`;
}

customElements.define('field-areas', Areas);
