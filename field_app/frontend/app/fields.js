// The fields of the frame's own forms: a label, a hint, what is wrong, and the input they belong to.
import { html, nothing } from 'lit';

/**
 * One field.
 *
 * @param {object} field
 * @param {string} field.name Also its id.
 * @param {string} field.label
 * @param {string} [field.hint]
 * @param {string|null} [field.error]
 * @param {'text'|'password'} [field.type]
 * @param {string} [field.autocomplete]
 * @param {boolean} [field.isPin] Digits on a large keyboard.
 * @param {boolean} [field.isFirst] Where the screen begins: there is nothing to read before it.
 * @param {string} [field.value]
 */
export function field({ name, label, hint, error, type = 'text', autocomplete, isPin, isFirst, value }) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${name}>${label}</label>
    ${hint ? html`<span class="field__hint" id="${name}-hint">${hint}</span>` : nothing}
    ${error ? html`<span class="field__error" id="${name}-error">${error}</span>` : nothing}
    <input
      class="input ${isPin ? 'input--pin' : ''}"
      id=${name}
      name=${name}
      type=${type}
      value=${value ?? nothing}
      inputmode=${isPin ? 'numeric' : nothing}
      autocomplete=${autocomplete ?? 'off'}
      autocapitalize="none"
      spellcheck="false"
      required
      ?data-first=${isFirst}
      aria-invalid=${error ? 'true' : nothing}
      aria-describedby=${described || nothing}
    />
  </div>`;
}

/** A PIN field. */
export function pinField({ autocomplete = 'current-password', ...rest }) {
  return field({ ...rest, type: 'password', isPin: true, autocomplete });
}

/** What was typed into a form, by name. */
export const typed = (event) => Object.fromEntries(new FormData(event.currentTarget));
