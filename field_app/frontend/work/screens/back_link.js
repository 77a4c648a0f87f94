/** The way up: from a page to what it belongs to, where a thumb expects it. */

import { html } from 'lit';

/** A link to the page above this one. */
export function backLink(href, label) {
  return html`<a class="back" href=${href}>${label}</a>`;
}

/** The address of a household's page. */
export function householdPage(household) {
  return `#/household/${encodeURIComponent(household.id)}`;
}
