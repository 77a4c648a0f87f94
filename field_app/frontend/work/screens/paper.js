/** Leaving a paper form with a household and collecting it again; the number is scanned or typed. */

import { html, nothing } from 'lit';

import { go } from '../../app/router.js';
import { say } from '../../app/language.js';
import { calendar } from '../census_day.js';
import { digitsOf, judgeFormId, knownBeginning, withHyphens } from '../form_ids.js';
import { noMeeting, problemsOf, reported } from '../meeting.js';
import { knownHousehold, knownIn } from '../noted.js';
import { hold } from '../pending.js';
import { PlaceFinder } from '../place_finder.js';
import { returnTo } from '../return_to.js';
import { words } from '../words.js';
import { appointmentFields } from './appointment_fields.js';
import { backLink, householdPage } from './back_link.js';
import { choice, showFirstError } from './fields.js';
import { formNumberField } from './form_number_field.js';
import { Screen } from './screen.js';
import './scanner.js';

const RECEIVERS = ['member', 'caretaker', 'neighbour', 'box'];
const CONDITIONS = ['filled', 'partial', 'blank', 'damaged'];

class Paper extends Screen {
  static properties = {
    householdId: {}, doing: {}, form: { state: true }, isScanning: { state: true }, isTried: { state: true },
  };

  #place = null;

  subject() {
    return `${this.householdId} ${this.doing}`;
  }

  async read() {
    this.#place ??= new PlaceFinder();
    const [household, { today }] = await Promise.all([knownHousehold(this.householdId), calendar()]);
    const isCollecting = this.doing ? this.doing === 'collect' : household?.task === 'collect';
    const beginning = household ? knownBeginning(await knownIn(household.ea_code)) : '';
    this.form ??= { ...emptyForm(), number: beginning, beginning };
    return { household, today, isCollecting };
  }

  draw({ household, today, isCollecting }) {
    const t = say(words).paper;
    if (!household) return nothing;
    return html`<div class="work work--with-bar">
      ${backLink(householdPage(household), say(words).household.title)}
      <h1 tabindex="-1">${isCollecting ? t.collect : t.leave}</h1>
      <p class="about" lang="th">${household.address}</p>
      ${this.#which(household, isCollecting, t)}
      ${this.#number(household, isCollecting, t)}
      ${isCollecting ? this.#collecting(t) : this.#leaving(today, t)}
      <div class="actions actions--bottom">
        <button class="button" @click=${() => this.#save(household, today, isCollecting)}>
          ${isCollecting ? t.saveCollected : t.saveLeft}
        </button>
      </div>
    </div>`;
  }

  #which(household, isCollecting, t) {
    const to = (what) => go(`${householdPage(household)}/paper?do=${what}`, { replace: true });
    return html`<fieldset class="switch">
      <legend class="visually-hidden">${t.which}</legend>
      ${[['leave', t.leave], ['collect', t.collect]].map(
        ([what, label]) => html`<label class="switch__side">
          <input type="radio" name="which" .checked=${(what === 'collect') === isCollecting} @change=${() => to(what)}>
          <span>${label}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  #number(household, isCollecting, t) {
    const left = isCollecting ? household.form_left?.form_id : null;
    return html`
      ${this.isScanning
        ? html`<field-scanner @read=${(event) => this.#read(event.detail, household)}
            @stopped=${() => { this.isScanning = false; }}></field-scanner>`
        : nothing}
      ${formNumberField({
        number: this.form.number,
        judged: judgeFormId(this.form.number, household),
        isTouched: this.form.number !== this.form.beginning || this.isTried,
        isTried: this.isTried,
        isScanning: this.isScanning,
        wasScanned: this.form.wasScanned,
        expected: left,
        isSure: this.form.isSure,
        isMissing: this.form.isMissing,
        mayBeMissing: isCollecting,
        onType: (number) => this.#change({ number: grouped(number, this.form.number), wasScanned: false, isSure: false }),
        onScan: () => { this.isScanning = !this.isScanning; },
        onSure: (isSure) => this.#change({ isSure }),
        onMissing: (isMissing) => this.#change({ isMissing }),
      }, t)}`;
  }

  #leaving(today, t) {
    const { receiver, isPickUpAgreed, meeting } = this.form;
    const problems = this.isTried && isPickUpAgreed ? problemsOf(meeting, today) : {};
    const v = say(words).visit;
    return html`
      ${choice({
        id: 'receiver', legend: t.receiver, value: receiver,
        error: this.isTried && !receiver ? t.receiverMissing : '',
        options: RECEIVERS.map((value) => ({ value, label: t.receivers[value] })),
        onChoose: (value) => this.#change({ receiver: value }),
      })}
      <label class="tick"><input type="checkbox" .checked=${isPickUpAgreed}
        @change=${(event) => this.#change({ isPickUpAgreed: event.target.checked })}>
        <span>${t.agreePickUp}</span></label>
      ${isPickUpAgreed
        ? appointmentFields(meeting, {
            today, legend: t.pickUp,
            problems: { on: problems.on && v.pastDay, hours: problems.hours && v.wrongHours },
            onChange: (changed) => this.#change({ meeting: changed }),
          })
        : nothing}`;
  }

  #collecting(t) {
    const { condition } = this.form;
    return html`${choice({
      id: 'condition', legend: t.condition, value: condition,
      error: this.isTried && !condition ? t.conditionMissing : '',
      options: CONDITIONS.map((value) => ({ value, label: t.conditions[value] })),
      onChoose: (value) => this.#change({ condition: value }),
    })}
    <p class="notice">${t.nextStep}</p>`;
  }

  #read(text, household) {
    const judged = judgeFormId(text, household);
    // A code that is no form's number, such as a soap's, is told and looked past.
    if (digitsOf(text).length !== 19 || judged.problem === 'strange') {
      this.querySelector('field-scanner').refuse();
      return;
    }
    this.isScanning = false;
    this.#change({ number: withHyphens(text), wasScanned: true, isSure: false });
    navigator.vibrate?.(80);
  }

  #change(part) {
    this.form = { ...this.form, ...part };
  }

  #save(household, today, isCollecting) {
    this.isTried = true;
    if (!this.#isComplete(household, today, isCollecting)) return showFirstError(this);
    const { number, isMissing } = this.form;
    const formId = isCollecting && isMissing ? null : judgeFormId(number, household).formId;
    const action = isCollecting
      ? { type: 'form_collected', form_id: formId, condition: this.form.condition }
      : { type: 'form_left', form_id: formId, receiver: this.form.receiver, ...this.#pickUp() };
    hold({
      action: { ...action, household_id: household.id },
      what: () => (isCollecting ? say(words).paper.collected : say(words).paper.left),
      position: this.#place,
    });
    returnTo(householdPage(household));
  }

  #pickUp() {
    return this.form.isPickUpAgreed ? reported(this.form.meeting) : {};
  }

  #isComplete(household, today, isCollecting) {
    const { number, isSure, isMissing, condition, receiver, isPickUpAgreed, meeting } = this.form;
    const judged = judgeFormId(number, household);
    const left = household.form_left?.form_id;
    const isStrange = judged.isOfAnother || (isCollecting && left && left !== judged.formId);
    const isNumberRight = isCollecting && isMissing ? true : judged.formId && (!isStrange || isSure);
    if (isCollecting) return Boolean(isNumberRight && condition);
    const isPickUpRight = !isPickUpAgreed || Object.keys(problemsOf(meeting, today)).length === 0;
    return Boolean(isNumberRight && receiver && isPickUpRight);
  }
}

function emptyForm() {
  return {
    number: '', wasScanned: false, isSure: false, isMissing: false, receiver: null, condition: null,
    isPickUpAgreed: false, meeting: noMeeting(),
  };
}

/** Hyphens come by themselves while one types forward; taking characters away is left alone. */
function grouped(typed, before) {
  if (typed.length < before.length || /[^\d๐-๙\s-]/.test(typed)) return typed;
  return digitsOf(typed).length > 19 ? typed : withHyphens(typed);
}

customElements.define('field-paper', Paper);
