// The frame of the form: gets one form from the app around it, fills it in, and is thrown away.
//
// It holds no key and no token, and reaches neither the store nor the network.
import { render, html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

import { language, languageChanges, say, setLanguage } from '../app/language.js';
import '../styles/form.css';
import './form.js';
import { Filling } from './filling.js';
import { lineToApp } from './line.js';
import { rehearse } from './prepared.js';
import { words } from './words.js';

const place = document.getElementById('form');
const line = await lineToApp();
let filling;

line.on('prepare', ({ xform }) => rehearse(xform));
line.on('open', open);
line.on('settle', () => filling?.settle());

languageChanges.addEventListener('changed', () => {
  line.ask('language', { language: language() });
  document.title = document.querySelector('h1')?.textContent ?? document.title;
});

// The last moment before a tablet puts the page away; a frame is told of both.
document.addEventListener('visibilitychange', () => filling?.settle());
addEventListener('pagehide', () => filling?.settle());

function show(opened) {
  filling = opened;
  filling.addEventListener('replaced', ({ detail }) => show(detail));
  render(keyed(filling, html`<field-form .filling=${filling}></field-form>`), place);
}

async function open(opening) {
  setLanguage(opening.language);
  try {
    show(await Filling.open(opening, line));
  } catch (problem) {
    render(html`<main class="form"><p class="notice notice--wrong" role="alert">${say(words).broken}</p>
      <button class="button" type="button" @click=${() => line.ask('leave')}>${say(words).leave}</button></main>`, place);
    throw problem;
  }
}
