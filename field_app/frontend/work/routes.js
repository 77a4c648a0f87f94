/** The screens of the day's work, and the bar that takes a note back. */

import '../styles/work.css';

import { html } from 'lit';

import { say } from '../app/language.js';
import { route } from '../app/router.js';
import { finishWhenLeaving } from './pending.js';
import { words } from './words.js';
import './screens/area.js';
import './screens/areas.js';
import './screens/day.js';
import './screens/found.js';
import './screens/household.js';
import './screens/map.js';
import './screens/mode.js';
import './screens/paper.js';
import './screens/problem.js';
import './screens/undo_bar.js';
import './screens/visit.js';

/** Register the screens. */
export function register() {
  const t = () => say(words);
  route('#/', () => html`<field-areas></field-areas>`, { title: () => t().areas.title });
  route('#/day', () => html`<field-day></field-day>`, { title: () => t().day.title });
  route('#/area/<ea>', ({ ea, show }) => html`<field-area .ea=${ea} .show=${show}></field-area>`, {
    title: () => t().list.title,
  });
  route('#/area/<ea>/map', ({ ea, at }) => html`<field-map .ea=${ea} .at=${at}></field-map>`, {
    title: () => t().list.map,
  });
  route('#/area/<ea>/found', ({ ea }) => html`<field-found .ea=${ea}></field-found>`, {
    title: () => t().found.title,
  });
  route(
    '#/problem',
    ({ area, household }) => html`<field-problem .area=${area} .householdId=${household}></field-problem>`,
    { title: () => t().problem.title },
  );
  ofHouseholds(t);
  finishWhenLeaving();
  document.body.append(document.createElement('field-undo'));
}

function ofHouseholds(t) {
  route('#/household/<id>', ({ id }) => html`<field-household .householdId=${id}></field-household>`, {
    title: () => t().household.title,
  });
  route(
    '#/household/<id>/visit',
    ({ id, step }) => html`<field-visit .householdId=${id} .step=${step}></field-visit>`,
    { title: () => t().visit.title },
  );
  route(
    '#/household/<id>/paper',
    (params) => html`<field-paper .householdId=${params.id} .doing=${params.do}></field-paper>`,
    { title: () => t().paper.title },
  );
  route('#/household/<id>/mode', ({ id }) => html`<field-mode .householdId=${id}></field-mode>`, {
    title: () => t().mode.title,
  });
}
