// What the frame of the form needs to open the form of a household: a new one, a draft, a correction.
import { language } from '../app/language.js';
import * as areas from '../store/areas.js';
import * as corrections from '../store/corrections.js';
import * as drafts from '../store/drafts.js';
import * as households from '../store/households.js';
import * as photos from '../store/photos.js';
import * as questionnaires from '../store/questionnaires.js';
import { device } from '../store/settings.js';
import { listsFor, registeredAt } from './lists.js';

const FORM = 'household';
const PHOTO_TYPE = 'image/jpeg';

/** Why a form cannot be opened: `household`, `questionnaire` or `correction` is not on the tablet. */
export class NotHere extends Error {
  constructor(what) {
    super(`not on the tablet: ${what}`);
    this.what = what;
  }
}

/**
 * Prepare the form of a household.
 *
 * @returns {Promise<{opening: object, draft: import('../store/drafts.js').Draft}>} What the frame
 *   gets, and the draft as it stands before anything is answered: it is stored with the first answer.
 */
export async function openingFor(householdId, { question = null } = {}) {
  const household = await households.get(householdId);
  if (!household) throw new NotHere('household');
  const begun = await drafts.get(household.id);
  const questionnaire = await questionnaireFor(begun);
  const returned = await returnedFor(household, begun);
  const registered = await registeredAt(household);
  const area = await areas.get(household.ea_code);
  const opening = {
    ...howToOpen(begun, returned),
    xform: questionnaire.xform,
    lists: await listsFor(household, registered),
    registered,
    household_id: household.id,
    address: household.address,
    is_practice: area?.is_practice ?? false,
    device_id: (await device())?.device_id ?? '',
    language: language(),
    question,
    questions: returned?.questions ?? [],
    sent: returned?.instance,
    photos: await photosOf(household.id, begun),
  };
  return { opening, draft: begun ?? newDraft(household, questionnaire, Boolean(returned)) };
}

/** A draft stays with the version of the questionnaire it was begun with. */
async function questionnaireFor(begun) {
  const found = begun
    ? await questionnaires.get(begun.questionnaire, begun.version)
    : await questionnaires.newest(FORM);
  if (!found) throw new NotHere('questionnaire');
  return found;
}

/** What was sent before, where the household came back to be corrected. */
async function returnedFor(household, begun) {
  const isCorrection = begun ? begun.kind === 'correct' : household.task === 'correct';
  if (!isCorrection) return undefined;
  const returned = await corrections.get(household.id);
  if (!returned && !begun) throw new NotHere('correction');
  return returned;
}

function howToOpen(begun, returned) {
  if (begun) return { how: 'draft', xml: begun.xml, page: begun.kept?.place, kept: keptOf(begun) };
  if (returned) return { how: 'edit', xml: returned.instance };
  return { how: 'new' };
}

const keptOf = ({ kept, paradata }) => ({ ...kept, paradata });

async function photosOf(householdId, begun) {
  const named = begun?.photos ?? [];
  const found = await Promise.all(
    named.map(async ({ name }) => {
      const blob = await photos.get(householdId, name);
      return blob && new File([blob], name, { type: blob.type || PHOTO_TYPE });
    }),
  );
  return found.filter(Boolean);
}

function newDraft(household, questionnaire, isCorrection) {
  return {
    household_id: household.id,
    ea_code: household.ea_code,
    kind: isCorrection ? 'correct' : 'enumerate',
    started_at: new Date().toISOString(),
    questionnaire: questionnaire.id,
    version: questionnaire.version,
  };
}
