// The screens of the frame itself: what waits and what was sent, settings, setting up anew.
import { html } from 'lit';

import { say } from './language.js';
import { route } from './router.js';
import { words as settingsWords } from './screens/settings_words.js';
import { words as setUpWords } from './screens/set_up_words.js';
import { words as syncWords } from './screens/sync_words.js';
import './screens/settings.js';
import './screens/sync.js';

/** Register the screens. */
export function register() {
  const settings = { title: () => say(settingsWords).title };
  const setUp = { title: () => say(setUpWords).again };
  route('/sync', () => html`<field-sync></field-sync>`, { title: () => say(syncWords).title });
  route('/settings', () => html`<field-settings></field-settings>`, settings);
  route('/set-up', () => html`<field-set-up></field-set-up>`, setUp);
  route('/set-up/<token>', () => html`<field-set-up></field-set-up>`, setUp);
}
