// An unusual answer: what is unusual about it, and the reason why it is right all the same.
import { html } from 'lit';
import { live } from 'lit/directives/live.js';

import { say } from '../../app/language.js';
import { doubtWords } from '../doubts.js';
import { words } from '../words.js';

/** The box below the question at which a doubt arises. */
export function doubtBox(filling, doubt) {
  const spoken = say(words);
  const id = doubtId(doubt);
  const isOpen = filling.doubts.isOpen(doubt);
  return html`<section class=${isOpen ? 'doubt' : 'doubt doubt--explained'} aria-labelledby="${id}-title">
    <h2 class="doubt__title" id="${id}-title">${doubtWords(filling.description, doubt.edit, filling.language)}</h2>
    <p class="doubt__ask">${isOpen ? spoken.doubtAsk : spoken.reasonGiven} <span class="doubt__number">${doubt.edit}</span></p>
    <label class="doubt__label" for="${id}-field">${spoken.reason}</label>
    <textarea
      id="${id}-field"
      class="input"
      rows="2"
      aria-describedby="${id}-title"
      .value=${live(filling.shownReason(doubt))}
      @input=${({ target }) => filling.typeReason(doubt, target.value)}
      @change=${() => filling.commitTyped()}
    ></textarea>
  </section>`;
}

/** The id of the box, to which links lead. */
export const doubtId = ({ edit, line }) => `doubt-${edit}-${line ?? 'h'}`;
