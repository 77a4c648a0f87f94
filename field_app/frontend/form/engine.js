// The one place that knows the engine of the form: opens a form, tells of changes, gives its XML.
//
// The engine's interface is not stable yet: nothing else imports it, and its version is pinned.
import { loadForm } from '@getodk/xforms-engine';

import { isNamed, parsed } from './xform.js';

const XML_PART = 'xml_submission_file';
const PARENTS = new Set(['root', 'group', 'repeat-instance', 'repeat-range:uncontrolled']);
const SHAPE = new Set(['children', 'relevant']);
const END_OF_ID = /<\/((?:\w+:)?)instanceID>/;

/**
 * @typedef {object} Opening
 * @property {string} xform the form, as `lean.js` gives it
 * @property {Record<string, string>} lists the CSV lists the form refers to, by file name
 * @property {'new'|'draft'|'edit'} how a new form, one begun before, or one that was sent
 * @property {string} [xml] the instance of a draft, or of the form that was sent
 * @property {File[]} [photos] the files the instance names
 * @property {string} device_id
 */

/**
 * Open a form.
 *
 * @param {Opening} opening
 * @param {() => void} onChange called once after anything of the form changed
 */
export async function openForm(opening, onChange) {
  const loaded = await loadForm(opening.xform, {
    fetchFormAttachment: (url) => answerWith(opening.lists, url),
    missingResourceBehavior: 'BLANK',
  });
  if (loaded.error) throw loaded.error;
  const watch = new Watch(onChange);
  const config = {
    stateFactory: (state) => watch.over(state),
    preloadProperties: { deviceID: opening.device_id },
    instanceAttachments: { fileNameFactory: ({ basename, extension }) => basename + (extension ?? '') },
  };
  const replaced = opening.how === 'draft' ? idIn(opening.xml, 'deprecatedID') : '';
  return new Form(await rootOf(loaded, opening, config), watch, replaced);
}

async function rootOf(loaded, { how, xml, photos = [] }, config) {
  if (how === 'new') return loaded.createInstance(config).root;
  const data = new FormData();
  data.set(XML_PART, new File([xml], XML_PART, { type: 'text/xml' }));
  for (const photo of photos) data.set(photo.name, photo);
  const input = { inputType: 'FORM_INSTANCE_INPUT_RESOLVED', data: [data] };
  const opened = how === 'edit' ? loaded.editInstance(input, config) : loaded.restoreInstance(input, config);
  return (await opened).root;
}

async function answerWith(lists, url) {
  const csv = lists[String(url).split('/').pop()];
  if (csv === undefined) return new Response('', { status: 404 });
  return new Response(csv, { headers: { 'content-type': 'text/csv' } });
}

/** Notices every change of the engine's state, and tells of many changes at once. */
class Watch {
  shape = 0;
  #isTold = true;

  constructor(onChange) {
    this.onChange = onChange;
  }

  over(state) {
    return new Proxy(state, {
      set: (target, key, value) => {
        target[key] = value;
        if (SHAPE.has(key)) this.shape += 1;
        this.#tell();
        return true;
      },
    });
  }

  #tell() {
    if (!this.#isTold) return;
    this.#isTold = false;
    queueMicrotask(() => {
      this.#isTold = true;
      this.onChange();
    });
  }
}

/** A form that is being filled in. */
export class Form {
  #watch;
  #replaced;

  constructor(root, watch, replaced) {
    this.root = root;
    this.#watch = watch;
    this.#replaced = replaced;
  }

  /** Grows whenever questions or persons come or go. */
  get shape() {
    return this.#watch.shape;
  }

  /** The instance as it stands, for a draft. */
  get xml() {
    return this.#sayingWhatItReplaces(this.root.instanceState.instanceXML);
  }

  /** The identity of the instance, made once when it was begun. */
  get instanceId() {
    return idIn(this.xml, 'instanceID');
  }

  /** The instance to send, with the moment of its end. */
  async finalXml() {
    const payload = await this.root.prepareInstancePayload();
    return this.#sayingWhatItReplaces(await payload.data[0].get(XML_PART).text());
  }

  /** The draft of an edit says which instance it edits; the engine forgets that when it is restored. */
  #sayingWhatItReplaces(xml) {
    if (!this.#replaced || xml.includes('deprecatedID>')) return xml;
    return xml.replace(END_OF_ID, `$&<$1deprecatedID>${this.#replaced}</$1deprecatedID>`);
  }

  /** Show the texts that hold answers in a language, `th` or `en`. */
  setLanguage(language) {
    const all = this.root.languages;
    this.root.setLanguage(all.find((each) => isNamed(each.language, language)) ?? all[0]);
  }

  /** The node of this path within the form, or within one entry of a repeat. */
  node(path, within = this.root) {
    return childrenOf(within).find((child) => pathOf(child) === path);
  }

  /** The node of a reference such as `/data/person[2]/p06`. */
  at(reference, within = this.root) {
    for (const child of childrenOf(within)) {
      if (referenceOf(child) === reference) return child;
      const found = this.at(reference, child);
      if (found) return found;
    }
    return undefined;
  }

  /** The entries of a repeat that applies; none otherwise. */
  entries(path) {
    const range = this.node(path);
    return range?.currentState.relevant ? childrenOf(range) : [];
  }

  addEntry(path) {
    this.node(path).addInstances();
    return this.entries(path).at(-1);
  }

  removeEntry(path, index) {
    this.node(path).removeInstances(index);
  }

  /** Whether a condition of the form holds, seen from one of its nodes. */
  holds(condition, from = this.root) {
    return from.evaluator.evaluateBoolean(condition, { contextNode: from.contextNode });
  }

  /** The texts an expression of the form finds, seen from one of its nodes. */
  texts(expression, from = this.root) {
    const found = from.evaluator.evaluateNodes(expression, { contextNode: from.contextNode });
    return found.map((node) => node.getXPathValue());
  }
}

function idIn(xml, name) {
  return parsed(xml).getElementsByTagNameNS('*', name)[0]?.textContent ?? '';
}

/** The children of a node; a question has none. */
export const childrenOf = (node) => node.currentState.children ?? [];

/** Where the form keeps a node, without the place of an entry in its repeat: `/data/person/p06`. */
export const pathOf = (node) => node.definition.nodeset;

/** Where the instance keeps it: `/data/person[2]/p06`. */
export const referenceOf = (node) => node.currentState.reference;

/** The last part of the path: `p06`. */
export const nameOf = (node) => pathOf(node).split('/').pop();

/** Whether it is a question that applies now. */
export const isAsked = (node) =>
  node.currentState.relevant && !PARENTS.has(node.nodeType) && node.nodeType !== 'model-value';

/** The value of a node as the instance has it. */
export function textOf(node) {
  const { value, instanceValue } = node.currentState;
  if (node.nodeType === 'upload') return instanceValue ?? '';
  if (node.valueType === 'geopoint') return value ? `${value.latitude} ${value.longitude}` : '';
  return value === null || value === undefined ? '' : String(value);
}

/** Answer a question with a text; an empty one takes the answer away. */
export function answer(node, text) {
  if (node.valueType !== 'int') node.setValue(text);
  else node.setValue(text === '' ? null : BigInt(text));
}

/** Answer with a position or a file, or take it away with null. */
export function answerWithValue(node, value) {
  node.setValue(value);
}
