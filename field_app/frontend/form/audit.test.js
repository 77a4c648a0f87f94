// The log of an interview: screens from when to when, without answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Audit } from './audit.js';

function logged(act) {
  let now = 1000;
  const audit = new Audit([], () => now);
  act(audit, (milliseconds) => (now += milliseconds));
  return audit;
}

test('a screen ends when the next one is shown', () => {
  const audit = logged((log, pass) => {
    log.show('group questions', ['/data/h01', '/data/h02']);
    pass(500);
    log.show('end screen');
  });

  assert.equal(
    audit.csv,
    'event,node,start,end\n' +
      'group questions,/data/h01,1000,1500\n' +
      'question,/data/h01,1000,1500\n' +
      'question,/data/h02,1000,1500\n' +
      'end screen,,1500,1500\n',
  );
});

test('a draft keeps the present screen as far as it was looked at, and goes on after it', () => {
  const audit = logged((log, pass) => {
    log.show('add repeat', ['/data/person']);
    pass(200);
  });

  assert.deepEqual(audit.rows, [{ event: 'add repeat', node: '/data/person', start: 1000, end: 1200 }]);
  assert.equal(new Audit(audit.rows, () => 5000).rows.length, 1);
});
