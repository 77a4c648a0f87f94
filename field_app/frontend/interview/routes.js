// The way to an interview: `#/interview/<household id>`, with `?question=p05_year` to one of its questions.
import { html } from 'lit';

import { say } from '../app/language.js';
import { route } from '../app/router.js';
import { vaultChanges } from '../vault/vault.js';
import '../styles/interview.css';
import { getReady } from './frames.js';
import './interview.js';
import { words } from './words.js';

/** Register the screen, and have a frame ready once the tablet is unlocked. */
export function register() {
  route('/interview/<id>', interview, { title: () => say(words).title, isOpenForm: true });
  vaultChanges.addEventListener('unlocked', getReady);
}

const interview = ({ id, question }) =>
  html`<field-interview .householdId=${id} .question=${question ?? null}></field-interview>`;
