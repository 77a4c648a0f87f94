/** What happened at a household: what this tablet noted, and what the office says. */

import { html, nothing } from 'lit';

import { shownDay } from '../../app/dates.js';
import { say } from '../../app/language.js';
import { byMode, resultName, shownHours, shownWhen, whyHeld } from '../sayings.js';
import { words } from '../words.js';

/** The history, the latest first. */
export function historyOf(household, today) {
  const t = say(words).household;
  const entries = [...fromTablet(household, today), ...fromOffice(household, today)].sort(latestFirst);
  return html`<section class="sheet" aria-labelledby="history">
    <h2 class="sheet__title" id="history">${t.history}</h2>
    ${entries.length ? html`<ol class="history plain-list">${entries.map((each) => entry(each))}</ol>` : html`<p>${t.noHistory}</p>`}
  </section>`;
}

function entry({ shown, what, who, tag, more }) {
  return html`<li class="history__entry">
    <span class="history__at">${shown}</span>
    <span>${what} <span class="tag ${tag ?? ''}">${who}</span>
      ${more ? html`<span class="history__more">${more}</span>` : nothing}</span>
  </li>`;
}

function fromTablet({ local }, today) {
  const waiting = local.waiting.map((each) => told(each, each.outcome ?? 'waiting', today));
  const sent = local.sent.filter(({ kind }) => kind !== 'file').map((each) => told(each, each.outcome, today));
  return [...waiting, ...sent];
}

const TAGS = { waiting: 'tag--ready', accepted: 'tag--good', duplicate: 'tag--good' };

function told(each, outcome, today) {
  const t = say(words).history;
  const name = each.kind === 'submission' ? 'submission' : each.type;
  const what = t.action[name]?.({
    ...each,
    result: each.result ? resultName(each.result) : '',
    on: each.on ? shownDay(each.on) : '',
    hours: shownHours(each),
    by: byMode(each.mode),
  });
  const isHeld = !TAGS[outcome];
  return {
    at: each.at,
    shown: shownWhen(each.at, today),
    what: tidy(what ?? t.other),
    who: t.outcome[outcome] ?? outcome,
    tag: TAGS[outcome] ?? 'tag--wrong',
    more: isHeld ? whyHeld(each) : (each.note ?? each.text),
  };
}

/** A sent visit's result is no longer on the tablet: what is left of the sentence ends well. */
function tidy(sentence) {
  return sentence.replace(/[:\s]+$/, '');
}

function fromOffice(household, today) {
  const t = say(words).history;
  const { last_visit: last, form_left: left, code_issued_at: codeAt, answered_at: answeredAt } = household;
  // What still waits here is told above, and the office does not know it yet.
  const isOwn = (at) => household.local.waiting.some((each) => each.at === at);
  const entries = [
    last && !isOwn(last.at) && [last.at, t.visits({ count: household.visits, result: resultName(last.result) })],
    left?.at && !isOwn(left.at) && [left.at, t.formLeft(left)],
    codeAt && [codeAt, t.codeIssued()],
    household.responded && answeredAt && [answeredAt, t.answered({ by: byMode(household.answered_mode) })],
  ].filter(Boolean);
  return entries.map(([at, what]) => ({ at, shown: shownWhen(at, today), what: tidy(what), who: t.atOffice }));
}

const latestFirst = (one, other) => Date.parse(other.at) - Date.parse(one.at);
