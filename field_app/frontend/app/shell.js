// The frame around every screen: who may see what, the bar at the top, and notices that concern all.
import { html, nothing } from 'lit';

import * as sync from '../sync/sync.js';
import { changes } from '../store/changes.js';
import { databaseChanges } from '../store/database.js';
import { device } from '../store/settings.js';
import { missing } from '../store/unsent.js';
import { isSetUp, isUnlocked, vaultChanges } from '../vault/vault.js';
import { say } from './language.js';
import { openForm } from './open_form.js';
import { currentRoute, routeChanges } from './router.js';
import { Screen } from './screen.js';
import { takeOver, updateChanges } from './updates.js';
import { words } from './words.js';
import './bar.js';
import './notices.js';
import './screens/set_up.js';
import './screens/unlock.js';

/** The whole app. */
class FieldApp extends Screen {
  static properties = {
    _phase: { state: true },
    _route: { state: true },
    _form: { state: true },
    _missing: { state: true },
  };

  #asked = 0;
  #opening = null;

  constructor() {
    super();
    this._phase = 'starting';
    this._route = null;
    this._form = null;
    this._missing = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(routeChanges, 'changed', () => this.#showRoute());
    this.listen(vaultChanges, 'locked', () => this.#decide());
    this.listen(vaultChanges, 'unlocked', () => this.#decide());
    this.listen(updateChanges, 'changed', () => this.#updateUnseen());
    this.listen(changes, 'changed', ({ detail }) => {
      if (detail.store === 'settings') this.#decide();
    });
    this.listen(databaseChanges, 'outdated', () => (this._phase = 'outdated'));
    this.#start();
  }

  async #start() {
    this._missing = await missing();
    await this.#decide();
    await sync.syncByItself();
  }

  /** What may be seen now: nothing personal before the PIN. */
  async #decide() {
    const before = this._phase;
    if (before === 'outdated') return;
    if (!(await isSetUp())) this._phase = 'set_up';
    else if (!isUnlocked()) this._phase = 'locked';
    else this._phase = (await device()) ? 'open' : 'set_up';
    if (this._phase !== before) await this.#showRoute();
    this.#updateUnseen();
  }

  async #showRoute() {
    this.#asked += 1;
    const asked = this.#asked;
    const route = currentRoute();
    const form = await this.#formFor(this._phase === 'open' && route?.isOpenForm && route.params.id);
    if (asked !== this.#asked) return;
    this._form = form;
    this._route = route;
    await this.updateComplete;
    this.#begin(route);
  }

  /** The form that the screen opens; the one before it is closed, unless it is the same. */
  async #formFor(householdId) {
    if (householdId && this.#opening?.householdId === householdId) return this.#opening.form;
    this.#opening?.form.then(({ release }) => release());
    this.#opening = householdId ? { householdId, form: openForm(householdId) } : null;
    return this.#opening?.form ?? null;
  }

  /** While the tablet is locked a new version is in nobody's way, unless a form waits behind. */
  #updateUnseen() {
    if (this._phase === 'locked' && !this._route?.isOpenForm) takeOver();
  }

  /** Say where one is, to eyes and ears. */
  #begin(route) {
    const { app } = say(words);
    document.title = route?.title && this._phase === 'open' ? `${route.title()} – ${app}` : app;
    scrollTo(0, 0);
    const first = this.querySelector('[data-first]') ?? this.querySelector('h1');
    first?.focus({ preventScroll: true });
  }

  render() {
    return html`
      <field-bar .isOpen=${this._phase === 'open'}></field-bar>
      <field-alerts .missing=${this._missing} @seen=${() => (this._missing = 0)}></field-alerts>
      ${this._phase === 'open' && isHome() ? html`<field-notices></field-notices>` : nothing}
      <main id="main" class="main" tabindex="-1">${this.#content()}</main>
    `;
  }

  #content() {
    const t = say(words);
    switch (this._phase) {
      case 'starting':
        return html`<p role="status">${t.starting}</p>`;
      case 'set_up':
        return html`<field-set-up></field-set-up>`;
      case 'locked':
        return html`<field-unlock></field-unlock>`;
      case 'outdated':
        return outdated(t);
      default:
        return this.#screen(t);
    }
  }

  #screen(t) {
    if (!this._route) {
      return html`<h1 tabindex="-1">${t.unknown}</h1>
        <p><a href="#/">${t.toHome}</a></p>`;
    }
    if (this._form && !this._form.isOurs) {
      return html`<h1 tabindex="-1">${t.elsewhere}</h1>
        <p>${t.elsewhereText}</p>
        <p><a href="#/">${t.toHome}</a></p>`;
    }
    if (this._route.isOpenForm && !this._form) return nothing;
    return this._route.draw(this._route.params);
  }
}

function outdated(t) {
  return html`<h1 tabindex="-1">${t.outdated}</h1>
    <p>${t.outdatedText}</p>
    <button class="button button--wide" @click=${() => location.reload()}>${t.openAgain}</button>`;
}

const isHome = () => ['', '#/'].includes(location.hash);

customElements.define('field-app', FieldApp);
