// Starts the tablet app: its styles, its screens, its lock and its worker.
import '../styles/base.css';
import '../styles/shell.css';

import { watchForIdleness } from '../vault/autolock.js';
import { register } from './routes.js';
import './shell.js';
import { keepUpToDate } from './updates.js';

register();
const pieces = import.meta.glob('../{work,interview}/routes.js', { eager: true });
for (const piece of Object.values(pieces)) piece.register();

watchForIdleness();
document.querySelector('#app').append(document.createElement('field-app'));
keepUpToDate();
