/** When to come back: a day and a time of day, each in one tap, or exactly. */

import { html, nothing } from 'lit';

import { shownDay } from '../../app/dates.js';
import { language, say } from '../../app/language.js';
import { DAY_PARTS, OTHER_DAY, nextDays, partOf } from '../meeting.js';
import { words } from '../words.js';
import { choice, text } from './fields.js';

/**
 * @param {import('../meeting.js').Meeting} meeting
 * @param {{ today: string, problems: { on?: string, hours?: string }, legend?: string,
 *   onChange: (meeting: import('../meeting.js').Meeting) => void }} about
 */
export function appointmentFields(meeting, { today, problems, legend, onChange }) {
  const t = say(words).visit;
  const change = (part) => onChange({ ...meeting, ...part });
  return html`
    ${choice({
      id: 'day', legend: legend ?? t.day, value: meeting.isOtherDay ? OTHER_DAY : meeting.on,
      error: meeting.isOtherDay ? '' : problems.on,
      options: dayOptions(today, t),
      onChoose: (value) => change(value === OTHER_DAY ? { isOtherDay: true, on: '' } : { isOtherDay: false, on: value }),
    })}
    ${meeting.isOtherDay
      ? text({ id: 'on', label: t.day, type: 'date', min: today, value: meeting.on, error: problems.on,
          onInput: (on) => change({ on }) })
      : nothing}
    ${choice({
      id: 'day-part', legend: t.dayParts, value: partOf(meeting),
      options: Object.keys(DAY_PARTS).map((part) => ({
        value: part, label: t.hours[part], hint: DAY_PARTS[part].filter(Boolean).join('–'),
      })),
      onChoose: (part) => change({ from: DAY_PARTS[part][0], to: DAY_PARTS[part][1] }),
    })}
    <div class="beside">
      ${text({ id: 'from', label: t.from, type: 'time', value: meeting.from, onInput: (from) => change({ from }) })}
      ${text({ id: 'to', label: t.to, type: 'time', value: meeting.to, error: problems.hours, onInput: (to) => change({ to }) })}
    </div>`;
}

function dayOptions(today, t) {
  const named = { 0: t.days.today, 1: t.days.tomorrow };
  const days = nextDays(today).map((day, ahead) => ({
    value: day, label: named[ahead] ?? weekday(day), hint: shownDay(day),
  }));
  return [...days, { value: OTHER_DAY, label: t.otherDay }];
}

function weekday(day) {
  const locale = language() === 'th' ? 'th-TH' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
