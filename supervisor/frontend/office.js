// Starts the office pages: every page works without this script, only less comfortably.
import {
  Button,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  SkipLink,
  createAll,
} from 'govuk-frontend';
import 'htmx.org';

import './office.scss';
import { leaveWhenTheAnswerIsAnotherPage } from './refresh.js';
import { countSelectedHouseholds } from './selection.js';

document.documentElement.classList.add('govuk-frontend-supported');
document.body.classList.add('js-enabled', 'govuk-frontend-supported');

for (const component of [Button, ErrorSummary, NotificationBanner, PasswordInput, SkipLink]) {
  createAll(component);
}
document.querySelectorAll('[data-selection]').forEach(countSelectedHouseholds);
leaveWhenTheAnswerIsAnotherPage();
