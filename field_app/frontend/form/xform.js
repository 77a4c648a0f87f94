// Reading the document of a form: its elements by name, its binds, its texts.

export const XFORMS = 'http://www.w3.org/2002/xforms';
export const JAVAROSA = 'http://openrosa.org/javarosa';

const LANGUAGES = { th: '(th)', en: '(en)' };
const TEXT = /itext\('(.+)'\)/;

/** A form or an instance as a document. */
export const parsed = (xml) => new DOMParser().parseFromString(xml, 'text/xml');

/** Every element of this name in the namespace of XForms, in the order of the document. */
export const elements = (within, name) => [...within.getElementsByTagNameNS(XFORMS, name)];

/** What binds logic to the nodes of the form. */
export const bindsOf = (xform) => elements(xform, 'bind');

/** The id of a text in `jr:itext('…')`; undefined for anything else. */
export const textId = (reference) => reference?.match(TEXT)?.[1];

/** Whether a form calls a language by this name: `ไทย (th)` is Thai. */
export const isNamed = (name, language) => name.includes(LANGUAGES[language]);
