// What the engine needs of a form: what is asked when, and nothing that is only shown or judged.
//
// The engine makes every label, choice and rule of every person into something that follows each
// change. With fifteen persons that takes seconds on a cheap tablet, while words, choices and rules
// are needed only for what is looked at. So the engine gets the form without them, `description.js`
// reads them from the same form, and `checks.js` has the engine judge an answer when it is shown.
// Texts that hold answers stay with the engine.
import { JAVAROSA, XFORMS, bindsOf, elements, textId } from './xform.js';

const CHOICES = ['select1', 'select'];
const SHOWN = ['label', 'hint'];
const MESSAGES = ['requiredMsg', 'constraintMsg'];
const RULES = ['required', 'constraint'];

// Reasons for unusual answers are asked where the answers arise, so this repeat follows us.
const REASONS = '/data/override';

/**
 * The form as the engine gets it.
 *
 * @param {Document} xform is changed
 * @returns {string}
 */
export function lean(xform) {
  const kept = textsWithAnswers(xform);
  for (const name of CHOICES) elements(xform, name).forEach(toInput);
  for (const name of SHOWN) {
    for (const each of elements(xform, name)) {
      if (!kept.has(textId(each.getAttribute('ref')))) each.remove();
    }
  }
  for (const text of elements(xform, 'text')) if (!kept.has(text.id)) text.remove();
  bindsOf(xform).forEach(withoutRules);
  return new XMLSerializer().serializeToString(xform);
}

function textsWithAnswers(xform) {
  return new Set(elements(xform, 'output').map((each) => each.closest('text')?.id));
}

/** A choice is a text for the engine. Lists it has to search for one person's choices stay. */
function toInput(select) {
  const input = select.ownerDocument.createElementNS(XFORMS, 'input');
  for (const { name, value } of select.attributes) input.setAttribute(name, value);
  const [itemset] = elements(select, 'itemset');
  // What else stands in it says what happens when it is answered.
  input.append(...[...select.children].filter((each) => each !== itemset));
  if (itemset && !isFiltered(itemset)) listOf(itemset)?.remove();
  select.replaceWith(input);
}

const isFiltered = (itemset) => itemset.getAttribute('nodeset').includes('[');

function listOf(itemset) {
  const [, id] = itemset.getAttribute('nodeset').match(/^instance\('(\w+)'\)/) ?? [];
  const lists = elements(itemset.ownerDocument, 'instance');
  const list = lists.find((each) => each.id === id && !each.hasAttribute('src'));
  return list && !isFilteredElsewhere(list) ? list : null;
}

function isFilteredElsewhere(list) {
  const call = `instance('${list.id}')/root/item[`;
  return elements(list.ownerDocument, 'itemset').some((each) => each.getAttribute('nodeset').startsWith(call));
}

function withoutRules(bind) {
  for (const name of MESSAGES) bind.removeAttributeNS(JAVAROSA, name);
  for (const name of RULES) bind.removeAttribute(name);
  if (bind.getAttribute('nodeset') === REASONS) bind.removeAttribute('relevant');
}
