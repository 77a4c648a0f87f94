import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkDigits, judgeFormId, knownBeginning, withHyphens } from './form_ids.js';

const HOUSEHOLD = { id: '22001011001-0042', ea_code: '22001011001' };
const BODY = '20220010110010042';
const FORM = withHyphens(BODY + checkDigits(BODY));

test('the whole number leaves 1 when divided by 97', () => {
  assert.equal(BigInt(FORM.replaceAll('-', '')) % 97n, 1n);
});

test('a number is taken with hyphens, with spaces, without either, and in Thai digits', () => {
  const digits = FORM.replaceAll('-', '');
  const thai = digits.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[digit]);

  for (const typed of [FORM, digits, FORM.replaceAll('-', ' '), thai]) {
    assert.deepEqual(judgeFormId(typed, HOUSEHOLD), {
      formId: FORM, problem: null, missing: 0, isOfAnother: false,
    });
  }
});

test('every single wrong digit is noticed', () => {
  const digits = FORM.replaceAll('-', '');
  for (let at = 0; at < digits.length; at += 1) {
    for (let other = 0; other < 10; other += 1) {
      if (String(other) === digits[at]) continue;
      const wrong = digits.slice(0, at) + other + digits.slice(at + 1);
      assert.equal(judgeFormId(wrong, HOUSEHOLD).problem, 'check');
    }
  }
});

test('two digits that changed places are noticed', () => {
  const digits = FORM.replaceAll('-', '');
  for (let at = 0; at + 1 < digits.length; at += 1) {
    if (digits[at] === digits[at + 1]) continue;
    const wrong = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
    assert.equal(judgeFormId(wrong, HOUSEHOLD).problem, 'check');
  }
});

test('what is wrong is said: nothing yet, letters, how many digits are missing, too many', () => {
  assert.equal(judgeFormId('  ', HOUSEHOLD).problem, 'empty');
  assert.equal(judgeFormId('20-ABC', HOUSEHOLD).problem, 'strange');
  assert.deepEqual(
    [judgeFormId('20-220', HOUSEHOLD).problem, judgeFormId('20-220', HOUSEHOLD).missing],
    ['short', 14],
  );
  assert.equal(judgeFormId(`${FORM}1`, HOUSEHOLD).problem, 'long');
});

test('a form of another area is refused, one of another household asks for a second look', () => {
  const elsewhere = '20220020110010042';
  const nextDoor = '20220010110010043';

  assert.equal(judgeFormId(elsewhere + checkDigits(elsewhere), HOUSEHOLD).problem, 'area');
  assert.equal(judgeFormId(nextDoor + checkDigits(nextDoor), HOUSEHOLD).isOfAnother, true);
});

test('hyphens come as one types', () => {
  assert.equal(withHyphens('2'), '2');
  assert.equal(withHyphens('202'), '20-2');
  assert.equal(withHyphens('2022001011001004'), '20-22001011001-004');
});

test('the beginning of a number is learnt from another form of the area', () => {
  const households = [{ ...HOUSEHOLD, form_left: null }, { ...HOUSEHOLD, form_left: { form_id: FORM } }];

  assert.equal(knownBeginning(households), '20-22001011001-');
  assert.equal(knownBeginning([{ ...HOUSEHOLD, form_left: { form_id: 'lost' } }]), '');
});
