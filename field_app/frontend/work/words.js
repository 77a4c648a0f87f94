/** Every word of the day's work, in Thai and English. */

import { doing } from './words/doing.js';
import { lists } from './words/lists.js';
import { standing } from './words/standing.js';

export const words = {
  th: { ...standing.th, ...lists.th, ...doing.th },
  en: { ...standing.en, ...lists.en, ...doing.en },
};
