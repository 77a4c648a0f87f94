// Starts the tablet app: its styles, its screens, its lock and its worker.
import '../styles/base.css';
import '../styles/shell.css';

import { register as registerInterview } from '../interview/routes.js';
import { watchForIdleness } from '../vault/autolock.js';
import { register as registerWork } from '../work/routes.js';
import { register } from './routes.js';
import './shell.js';
import { keepUpToDate } from './updates.js';

register();
registerWork();
registerInterview();

watchForIdleness();
document.querySelector('#app').append(document.createElement('field-app'));
keepUpToDate();
