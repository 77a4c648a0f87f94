/** The page of a visit on which a time to come back is agreed on. */

import { LitElement, html } from 'lit';

import { shownDay } from '../../app/dates.js';
import { say } from '../../app/language.js';
import { noMeeting, problemsOf, reported } from '../meeting.js';
import { hold } from '../pending.js';
import { returnTo } from '../return_to.js';
import { shownHours } from '../sayings.js';
import { words } from '../words.js';
import { appointmentFields } from './appointment_fields.js';
import { backLink, householdPage } from './back_link.js';
import { showFirstError, text } from './fields.js';

class VisitAppointment extends LitElement {
  static properties = { about: {}, meeting: { state: true }, note: { state: true }, isTried: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    this.meeting ??= noMeeting();
    this.note ??= this.about.note;
  }

  render() {
    const t = say(words).visit;
    const { household, today } = this.about;
    return html`<div class="work work--with-bar">
      ${backLink(`${householdPage(household)}/visit`, say(words).household.visit)}
      <h1 tabindex="-1">${t.appointmentTitle}</h1>
      <p class="about" lang="th">${household.address}</p>
      ${appointmentFields(this.meeting, {
        today, problems: this.isTried ? this.#problems(t) : {},
        onChange: (meeting) => { this.meeting = meeting; },
      })}
      ${text({ id: 'note', label: t.note, hint: t.noteHint, value: this.note, rows: 2, maxlength: 500,
        onInput: (value) => { this.note = value; } })}
      <div class="actions actions--bottom">
        <button class="button" @click=${this.#save}>${t.save}</button>
      </div>
    </div>`;
  }

  #problems(t) {
    const found = problemsOf(this.meeting, this.about.today);
    return { on: found.on && t.pastDay, hours: found.hours && t.wrongHours };
  }

  #save() {
    this.isTried = true;
    const { household, today, place } = this.about;
    if (Object.keys(problemsOf(this.meeting, today)).length) return showFirstError(this);
    const meeting = reported(this.meeting);
    const note = this.note.trim();
    hold({
      action: { type: 'appointment', household_id: household.id, ...meeting, ...(note && { note }) },
      what: () => say(words).marks.appointment({ on: shownDay(meeting.on), hours: shownHours(meeting) }),
      position: place,
    });
    returnTo(householdPage(household));
  }
}

customElements.define('field-visit-appointment', VisitAppointment);
