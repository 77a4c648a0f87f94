/** The field for the number of a paper form: scanned or typed, judged while one types. */

import { html, nothing } from 'lit';

import { icon } from './icons.js';

/**
 * @param {object} field what is typed, what is to be said about it, and what to do about it
 * @param {object} t the words of paper forms
 */
export function formNumberField(field, t) {
  const { number, isScanning, mayBeMissing, isMissing, onType, onScan, onMissing } = field;
  const error = errorOf(field, t);
  return html`<div class="field form-number">
    <label for="form-number">${t.formId}</label>
    <span class="field__hint" id="form-number-hint">${t.formIdHint}</span>
    ${error ? html`<span class="field__error" id="form-number-error" role="alert">${error}</span>` : nothing}
    <input class="input form-number__input" id="form-number" type="text" inputmode="numeric" autocomplete="off"
      maxlength="30" ?disabled=${isMissing} aria-invalid=${error ? 'true' : nothing}
      aria-describedby=${error ? 'form-number-hint form-number-error' : 'form-number-hint'}
      .value=${number} @input=${(event) => onType(event.target.value)}>
    ${standing(field, t)}
    <button class="button button--second button--wide" type="button" aria-expanded=${String(Boolean(isScanning))}
      @click=${onScan}>${icon('camera')}${isScanning ? t.stopScan : t.scan}</button>
    ${mayBeMissing
      ? html`<label class="tick"><input type="checkbox" .checked=${isMissing}
          @change=${(event) => onMissing(event.target.checked)}><span>${t.formLost}</span></label>`
      : nothing}
  </div>`;
}

/** Digits that are still missing are no mistake while one types, but are when one saves. */
function errorOf({ judged, isTried, isTouched, isMissing, isSure, expected }, t) {
  if (isMissing) return '';
  if (judged.problem === 'empty') return isTried ? t.problem.empty : '';
  if (judged.problem === 'short') return isTried ? t.problem.short(judged.missing) : '';
  if (judged.problem) return isTouched ? t.problem[judged.problem] : '';
  return isTried && isDoubtful(judged, expected) && !isSure ? t.confirm : '';
}

function standing({ number, judged, isTouched, isMissing, isSure, wasScanned, expected, onSure }, t) {
  if (isMissing) return nothing;
  if (judged.problem === 'short' && isTouched) {
    return html`<p class="form-number__note" role="status">${t.problem.short(judged.missing)}</p>`;
  }
  if (!judged.formId) return nothing;
  if (!isDoubtful(judged, expected)) {
    return html`<p class="form-number__note form-number__note--right" role="status">
      <span aria-hidden="true">✓</span> ${wasScanned ? `${t.scanned} ` : ''}${t.right}</p>`;
  }
  const doubt = expected && expected !== judged.formId ? t.otherForm(expected) : t.otherHousehold(number.slice(15, 19));
  return html`<div class="notice notice--attention">
    <p role="status">${doubt}</p>
    <label class="tick"><input type="checkbox" .checked=${isSure}
      @change=${(event) => onSure(event.target.checked)}><span>${t.useAnyway}</span></label>
  </div>`;
}

function isDoubtful(judged, expected) {
  if (!judged.formId) return false;
  return expected ? expected !== judged.formId : judged.isOfAnother;
}
