/** The fields of the forms an enumerator fills in at a door: large, labelled, and plain about errors. */

import { html, nothing } from 'lit';

/** What is wrong with a field, where a reader looks for it. */
function errorOf(id, error) {
  return error ? html`<span class="field__error" id=${`${id}-error`}>${error}</span>` : nothing;
}

function describedBy(id, hint, error) {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || nothing;
}

/**
 * One of a few: large rows to tap.
 *
 * @param {{ id: string, legend: string, options: { value: string, label: string, hint?: string }[],
 *   value: string|null, error?: string, hint?: string, isWide?: boolean,
 *   onChoose: (value: string) => void }} field
 */
export function choice({ id, legend, options, value, error, hint, isWide, onChoose }) {
  return html`<fieldset class="field choice" id=${id} tabindex="-1"
      aria-describedby=${describedBy(id, hint, error)}>
    <legend>${legend}</legend>
    ${hint ? html`<span class="field__hint" id=${`${id}-hint`}>${hint}</span>` : nothing}
    ${errorOf(id, error)}
    <div class=${isWide ? 'choice__options' : 'choice__options choice__options--beside'}>
      ${options.map(
        (option) => html`<label class="choice__option">
          <input type="radio" name=${id} value=${option.value} .checked=${option.value === value}
            @change=${() => onChoose(option.value)}>
          <span>${option.label}${option.hint ? html`<small>${option.hint}</small>` : nothing}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

/**
 * A line of text, or several.
 *
 * @param {{ id: string, label: string, value: string, hint?: string, error?: string, rows?: number,
 *   type?: string, inputmode?: string, min?: string, maxlength?: number, autocapitalize?: string,
 *   onInput: (value: string) => void }} field
 */
export function text({ id, label, value, hint, error, rows, onInput, ...about }) {
  const shared = { id, described: describedBy(id, hint, error), error, value, onInput, about };
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${hint ? html`<span class="field__hint" id=${`${id}-hint`}>${hint}</span>` : nothing}
    ${errorOf(id, error)}
    ${rows ? area(shared, rows) : line(shared)}
  </div>`;
}

function line({ id, described, error, value, onInput, about }) {
  return html`<input class="input" id=${id} type=${about.type ?? 'text'} autocomplete="off"
    inputmode=${about.inputmode ?? nothing} min=${about.min ?? nothing}
    maxlength=${about.maxlength ?? nothing}
    aria-describedby=${described} aria-invalid=${error ? 'true' : nothing} .value=${value}
    @input=${(event) => onInput(event.target.value)}>`;
}

function area({ id, described, error, value, onInput, about }, rows) {
  return html`<textarea class="input" id=${id} rows=${rows} maxlength=${about.maxlength ?? nothing}
    aria-describedby=${described} aria-invalid=${error ? 'true' : nothing} .value=${value}
    @input=${(event) => onInput(event.target.value)}></textarea>`;
}

/** Brings the first field that has an error into view and into focus. */
export async function showFirstError(screen) {
  await screen.updateComplete;
  const error = screen.querySelector('.field__error');
  const field = error?.closest('.field');
  (field?.querySelector('input:not([type=radio]), textarea') ?? field)?.focus();
  field?.scrollIntoView({ block: 'center' });
}
