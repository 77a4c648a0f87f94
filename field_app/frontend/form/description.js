// What a form says and asks for: its pages, and of each question the words, the choices, the rules.
import { JAVAROSA, bindsOf, elements, isNamed, textId } from './xform.js';

const CONTROLS = new Set(['input', 'select1', 'select', 'upload']);
const SIMPLE_LIST = /^instance\('(\w+)'\)\/root\/item/;

/**
 * @typedef {object} Question
 * @property {string} path `/data/person/p06`
 * @property {string} name `p06`
 * @property {'input'|'select1'|'select'|'upload'} control
 * @property {string} appearance
 * @property {string|null} required the condition under which it must be answered
 * @property {string|null} constraint what an answer must satisfy
 *
 * @typedef {object} Page
 * @property {string} name that of its first question
 * @property {string|null} repeat the path of the repeat it belongs to
 * @property {string[]} questions their paths
 *
 * @typedef {{value: string, label: string}} Choice
 */

/** A form as its author wrote it. It is read once, and knows no answer. */
export class Description {
  #texts;
  #lists;
  #questions = new Map();

  /** @param {Document} xform */
  constructor(xform) {
    this.#texts = textsOf(xform);
    this.#lists = listsOf(xform);
    const binds = new Map(bindsOf(xform).map((bind) => [bind.getAttribute('nodeset'), bind]));
    for (const control of controlsIn(xform)) {
      const path = control.getAttribute('ref');
      this.#questions.set(path, questionOf(control, binds.get(path)));
    }
    /** @type {Page[]} */
    this.pages = pagesOf(xform);
  }

  /** @returns {Question|undefined} */
  question(path) {
    return this.#questions.get(path);
  }

  /** The paths of all questions, in the order of the form. */
  get paths() {
    return [...this.#questions.keys()];
  }

  /** A text of a question: its `label`, `hint`, or the message of a rule. */
  words(path, part, language) {
    return this.text(this.#questions.get(path)?.[part], language);
  }

  /** A text by its id. */
  text(id, language) {
    return this.#texts[language].get(id) ?? '';
  }

  /**
   * The choices of a question; `form` and `node` are asked where they depend on other answers.
   *
   * @returns {Choice[]}
   */
  choices(path, language, form, node) {
    const { list, nodeset } = this.#questions.get(path);
    const all = this.listed(list, language);
    if (!nodeset) return all;
    const values = form.texts(`${nodeset}/${this.#questions.get(path).value}`, node);
    if (all.length) return all.filter(({ value }) => values.includes(value));
    const labels = form.texts(`${nodeset}/label`, node);
    return values.map((value, place) => ({ value, label: labels[place] }));
  }

  /** The entries of a list that comes with the form. @returns {Choice[]} */
  listed(list, language) {
    const entries = this.#lists.get(list) ?? [];
    return entries.map(({ value, text }) => ({ value, label: this.text(text, language) }));
  }
}

function textsOf(xform) {
  const read = (language) => {
    const translation = elements(xform, 'translation').find((each) =>
      isNamed(each.getAttribute('lang'), language),
    );
    const texts = translation ? [...translation.children] : [];
    return new Map(texts.map((text) => [text.id, text.textContent.trim()]));
  };
  return { th: read('th'), en: read('en') };
}

function listsOf(xform) {
  const lists = new Map();
  for (const instance of elements(xform, 'instance')) {
    if (instance.id) lists.set(instance.id, elements(instance, 'item').map(entryOf));
  }
  return lists;
}

function entryOf(item) {
  const [value] = elements(item, 'name');
  const [text] = elements(item, 'itextId');
  return { value: value.textContent, text: text.textContent };
}

const controlsIn = (xform) =>
  [...xform.querySelectorAll('body [ref]')].filter(({ localName }) => CONTROLS.has(localName));

function questionOf(control, bind) {
  const path = control.getAttribute('ref');
  const [itemset] = elements(control, 'itemset');
  const nodeset = itemset?.getAttribute('nodeset');
  const own = (name) => [...control.children].find((each) => each.localName === name)?.getAttribute('ref');
  return {
    path,
    name: path.split('/').pop(),
    control: control.localName,
    appearance: control.getAttribute('appearance') ?? '',
    label: textId(own('label')),
    hint: textId(own('hint')),
    required: bind?.getAttribute('required') || null,
    requiredMessage: textId(bind?.getAttributeNS(JAVAROSA, 'requiredMsg')),
    constraint: bind?.getAttribute('constraint') || null,
    constraintMessage: textId(bind?.getAttributeNS(JAVAROSA, 'constraintMsg')),
    list: nodeset?.match(SIMPLE_LIST)?.[1],
    // Choices that depend on other answers, or that come from a list of the tablet.
    nodeset: nodeset && (nodeset.includes('[') || isFromOutside(control, nodeset)) ? nodeset : null,
    value: itemset && elements(itemset, 'value')[0].getAttribute('ref'),
  };
}

function isFromOutside(control, nodeset) {
  const id = nodeset.match(SIMPLE_LIST)?.[1];
  return elements(control.ownerDocument, 'instance').some((each) => each.id === id && each.hasAttribute('src'));
}

function pagesOf(xform) {
  const groups = [...xform.querySelectorAll('body group[appearance~="field-list"]')];
  return groups.map((group) => {
    const questions = [...group.children].map((control) => control.getAttribute('ref'));
    return {
      name: questions[0].split('/').pop(),
      repeat: group.closest('repeat')?.getAttribute('nodeset') ?? null,
      questions,
    };
  });
}
