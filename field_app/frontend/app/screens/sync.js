// What is only on this tablet, what is at the office, and what stands in the way.
import { html, nothing } from 'lit';

import { changes } from '../../store/changes.js';
import { drafts } from '../../store/drafts.js';
import * as ledger from '../../store/ledger.js';
import * as outbox from '../../store/outbox.js';
import * as sync from '../../sync/sync.js';
import { shownMoment, shownNumber, shownTime } from '../dates.js';
import { say } from '../language.js';
import { Screen } from '../screen.js';
import { storageStanding } from '../storage.js';
import './last_resort.js';
import { words } from './sync_words.js';

const AT_ONCE = 30;
const REST_MS = 200;
const NEEDS_A_LOOK = new Set(['conflict', 'quarantined']);
const MAY_REGISTER_AGAIN = new Set(['unknown', 'revoked']);

class FieldSync extends Screen {
  static properties = { _found: { state: true }, _shown: { state: true } };

  #timer = null;

  constructor() {
    super();
    this._found = null;
    this._shown = AT_ONCE;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(sync.syncChanges, 'changed', () => this.requestUpdate());
    // A sync changes much at once.
    this.listen(changes, 'changed', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(), REST_MS);
    });
    this.#look();
  }

  async #look() {
    const [waiting, begun, sent, storage] = await Promise.all([
      outbox.waiting(),
      drafts.count(),
      ledger.all(),
      storageStanding(),
    ]);
    const refused = waiting.refused ? (await outbox.headings()).filter((each) => each.refused) : [];
    this._found = { waiting, begun, sent, refused, storage };
  }

  render() {
    const t = say(words);
    return html`
      <h1 tabindex="-1">${t.title}</h1>
      ${standing(t)} ${this._found ? this.#found(t, this._found) : nothing}
      <div class="actions actions--bottom">
        <button class="button button--wide" ?disabled=${sync.state.busy} @click=${() => sync.now()}>
          ${sync.state.busy ? t.busy : t.now}
        </button>
      </div>
    `;
  }

  #found(t, { waiting, begun, sent, refused, storage }) {
    const looked = sent.filter((each) => NEEDS_A_LOOK.has(each.outcome));
    return html`
      ${refused.length ? notTaken(t, refused) : nothing} ${onlyHere(t, waiting, begun)}
      <section class="sheet">
        <h2>${t.atOffice}</h2>
        ${sent.length ? counts(t, sent) : html`<p>${t.nothingSent}</p>`}
      </section>
      ${looked.length
        ? html`<h2>${t.attention}</h2>
            ${list(t, looked)}`
        : nothing}
      ${sent.length
        ? html`<h2>${t.recent}</h2>
            ${list(t, sent.slice(0, this._shown))}`
        : nothing}
      ${sent.length > this._shown
        ? html`<button
            class="button button--second button--wide"
            @click=${() => (this._shown += AT_ONCE)}
          >
            ${t.more}
          </button>`
        : nothing}
      <p>${storage.isLasting ? t.isLasting : t.isNotLasting}</p>
      <details class="more">
        <summary>${t.lastResort}</summary>
        <field-last-resort></field-last-resort>
      </details>
    `;
  }
}

function standing(t) {
  const { problem, last_at: lastAt, retry_at: retryAt, busy } = sync.state;
  const last = lastAt ? t.lastAt(shownMoment(lastAt)) : t.never;
  if (!problem) return html`<p role="status">${last}</p>`;
  const [title, text] = t.problems[problem];
  const kind = problem === 'offline' || problem === 'busy' ? 'attention' : 'wrong';
  return html`<section class="notice notice--${kind}" role="status">
      <h2>${title}</h2>
      <p>${text}</p>
      ${MAY_REGISTER_AGAIN.has(problem)
        ? html`<p><a class="button button--second" href="#/set-up">${t.register}</a></p>`
        : nothing}
    </section>
    <p>${last}${retryAt && !busy ? html` · ${t.retryAt(shownTime(new Date(retryAt)))}` : nothing}</p>`;
}

function onlyHere(t, { submissions, actions, files }, begun) {
  const rows = [
    [t.drafts, begun],
    [t.submissions, submissions],
    [t.actions, actions],
    [t.files, files],
  ].filter(([, count]) => count);
  return html`<section class="sheet">
    <h2>${t.onlyHere}</h2>
    ${rows.length
      ? html`<dl class="tally">
          ${rows.map(([label, count]) => html`<div><dt>${label}</dt><dd>${shownNumber(count)}</dd></div>`)}
        </dl>`
      : html`<p>${t.nothingHere}</p>`}
  </section>`;
}

function counts(t, sent) {
  const of = (...outcomes) => sent.filter((each) => outcomes.includes(each.outcome)).length;
  const rows = [
    [t.accepted, of('accepted', 'duplicate')],
    [t.quarantined, of('quarantined')],
    [t.conflict, of('conflict')],
  ].filter(([, count]) => count);
  return html`<dl class="tally">
    ${rows.map(([label, count]) => html`<div><dt>${label}</dt><dd>${shownNumber(count)}</dd></div>`)}
  </dl>`;
}

function notTaken(t, refused) {
  return html`<section class="notice notice--wrong">
      <h2>${t.refusedTitle(refused.length)}</h2>
      <p>${t.refusedText}</p>
    </section>
    ${list(t, refused.map((each) => ({ ...each, ...each.refused, outcome: 'refused' })))}
    <field-last-resort></field-last-resort>`;
}

function list(t, entries) {
  return html`<ul class="plain-list entries">
    ${entries.map(
      (each) => html`<li class="entry">
        <span class="entry__what">
          <b>${each.household_id ?? t.noHousehold}</b>
          <span>${t.kinds[each.kind === 'action' ? each.type : each.kind] ?? each.type} ·
            ${shownMoment(each.at)}</span>
          ${each.detail ? html`<span class="entry__detail">${each.detail}</span>` : nothing}
        </span>
        <span class="tag ${TAGS[each.outcome] ?? ''}">${t.outcomes[each.outcome]}</span>
      </li>`,
    )}
  </ul>`;
}

const TAGS = {
  accepted: 'tag--good',
  duplicate: 'tag--good',
  conflict: 'tag--attention',
  quarantined: 'tag--attention',
  refused: 'tag--wrong',
};

customElements.define('field-sync', FieldSync);
