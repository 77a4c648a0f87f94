import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { shownDate, shownDay, shownMoment, shownTime, today } from './dates.js';
import { setLanguage } from './language.js';

afterEach(() => setLanguage('th'));

test('Thai shows the Buddhist era, English the common one', () => {
  assert.equal(shownDate('2021-02-10'), '10 กุมภาพันธ์ 2564');

  setLanguage('en');
  assert.equal(shownDate('2021-02-10'), '10 February 2021');
});

test('a moment is shown as it is in Thailand, wherever the tablet thinks it is', () => {
  const lateInLondon = '2021-02-09T18:05:00Z';

  assert.equal(shownTime(lateInLondon), '01:05');
  assert.equal(shownDay(lateInLondon), '10 ก.พ.');
  assert.equal(shownMoment(lateInLondon), '10 ก.พ. 01:05');
  assert.equal(today(new Date(lateInLondon)), '2021-02-10');
});
