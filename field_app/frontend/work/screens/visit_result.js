/** The page of a visit for the rarer ends, with the proof that some of them need. */

import { LitElement, html, nothing } from 'lit';

import { say } from '../../app/language.js';
import * as photos from '../../store/photos.js';
import { needsEvidence } from '../codes.js';
import { hold } from '../pending.js';
import { returnTo } from '../return_to.js';
import { resultName } from '../sayings.js';
import { NOT_ELIGIBLE, otherResults } from '../visit_results.js';
import { words } from '../words.js';
import { backLink, householdPage } from './back_link.js';
import { choice, showFirstError, text } from './fields.js';
import './photo.js';

/** Under which name the photo is kept until the visit is final, and sent. */
export const EVIDENCE_PHOTO = 'evidence.jpg';

class VisitResult extends LitElement {
  static properties = {
    about: {}, group: {}, result: { state: true }, note: { state: true }, statement: { state: true },
    photo: { state: true }, isTried: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.statement = '';
    this.#findPhoto();
  }

  willUpdate() {
    this.note ??= this.about.note;
  }

  render() {
    const t = say(words).visit;
    const { household } = this.about;
    const isNotEligible = this.group === 'not-eligible';
    const results = isNotEligible ? NOT_ELIGIBLE : otherResults(household);
    return html`<div class="work work--with-bar">
      ${backLink(`${householdPage(household)}/visit`, say(words).household.visit)}
      <h1 tabindex="-1">${isNotEligible ? t.groups.notEligible : t.groups.other}</h1>
      <p class="about" lang="th">${household.address}</p>
      ${choice({
        id: 'result', legend: say(words).visit.title, value: this.result ?? null, isWide: true,
        error: this.isTried && !this.result ? t.resultMissing : '',
        options: results.map((result) => ({ value: result, ...nameOf(result, t) })),
        onChoose: (result) => { this.result = result; },
      })}
      ${needsEvidence(this.result) ? this.#evidence(t) : nothing}
      ${text({ id: 'note', label: t.note, hint: t.noteHint, value: this.note, rows: 2, maxlength: 500,
        onInput: (value) => { this.note = value; } })}
      <div class="actions actions--bottom">
        <button class="button" @click=${this.#save}>${t.save}</button>
      </div>
    </div>`;
  }

  #evidence(t) {
    return html`<section class="sheet" aria-labelledby="evidence">
      <h2 class="sheet__title" id="evidence">${t.evidence}</h2>
      <p>${t.evidenceHint}</p>
      <field-photo .photo=${this.photo} @taken=${this.#keepPhoto} @removed=${this.#dropPhoto}></field-photo>
      ${text({ id: 'statement', label: t.statement, hint: t.statementHint, value: this.statement, rows: 3,
        maxlength: 1000, error: this.isTried && !this.#isProven() ? t.noEvidence : '',
        onInput: (value) => { this.statement = value; } })}
    </section>`;
  }

  /** A photo survives the camera app throwing this page out of memory. */
  async #findPhoto() {
    this.photo = await photos.get(this.about.household.id, EVIDENCE_PHOTO);
  }

  async #keepPhoto({ detail: photo }) {
    await photos.put(this.about.household.id, EVIDENCE_PHOTO, photo);
    this.photo = photo;
  }

  async #dropPhoto() {
    await photos.remove(this.about.household.id, EVIDENCE_PHOTO);
    this.photo = undefined;
  }

  #isProven() {
    return !needsEvidence(this.result) || Boolean(this.photo) || this.statement.trim() !== '';
  }

  #save() {
    this.isTried = true;
    if (!this.result || !this.#isProven()) return showFirstError(this);
    const { household, place } = this.about;
    const { result } = this;
    hold({
      action: this.#action(household),
      what: () => resultName(result),
      position: place,
      afterwards: () => photos.remove(household.id, EVIDENCE_PHOTO),
    });
    returnTo(householdPage(household));
  }

  #action(household) {
    const isProof = needsEvidence(this.result);
    const note = this.note.trim();
    const statement = isProof && this.statement.trim();
    return {
      type: 'visit',
      household_id: household.id,
      result: this.result,
      ...(note && { note }),
      ...(statement && { evidence: { kind: 'neighbour_statement', statement } }),
      ...(isProof && this.photo && { files: [{ name: EVIDENCE_PHOTO, blob: this.photo }] }),
    };
  }
}

function nameOf(result, t) {
  if (result === '73') return { label: t.callBack };
  if (result === '23') return { label: t.closing, hint: t.closingHint };
  return { label: resultName(result) };
}

customElements.define('field-visit-result', VisitResult);
