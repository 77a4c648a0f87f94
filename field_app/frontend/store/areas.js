// The enumeration areas that are in the enumerator's hands, and none else.
import { SealedStore } from './sealed.js';

/**
 * @typedef {object} Area
 * @property {string} ea_code
 * @property {string} name
 * @property {number} lease
 * @property {boolean} is_practice
 * @property {object|null} boundary GeoJSON
 * @property {{on: string, expected: number, done: number}|null} plan
 * @property {boolean} is_taken No longer the enumerator's; kept while something of it is unsent.
 */

export const areas = new SealedStore('areas');

/** Every area on the tablet, by code. @returns {Promise<Area[]>} */
export const all = () => areas.all();

/** One area, or undefined. @returns {Promise<Area|undefined>} */
export const get = (eaCode) => areas.get(eaCode);
