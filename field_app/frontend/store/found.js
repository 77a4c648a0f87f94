// Dwellings found in the field: a household of the area at once, under the tablet's own id at first.
import { aliases, freeId } from './aliases.js';
import { households } from './households.js';

export const FOUND = 'dwelling_found';

/**
 * The household of a found dwelling, by the report of it: where to go after `addAction`.
 *
 * @returns {Promise<string|undefined>} Its household id: the office's where it has given one.
 */
export async function householdFoundBy(actionId) {
  const alias = (await aliases()).find((each) => each.action_id === actionId);
  return alias && (alias.household_id ?? alias.key);
}

/** What is to be written for a found dwelling: its household, sealed, and the tablet's own id. */
export async function recordsOfFound(actionId, { ea_code: eaCode, address, location = null }) {
  const id = await freeId(eaCode);
  const household = await households.record(id, newHousehold(id, eaCode, address, location), {
    ea_code: eaCode,
    task: 'enumerate',
    revision: 0,
  });
  const alias = {
    key: id,
    ea_code: eaCode,
    action_id: actionId,
    is_answered: false,
    household_id: null,
  };
  return { household, alias };
}

function newHousehold(id, eaCode, address, location) {
  return {
    id,
    ea_code: eaCode,
    address,
    disposition: null,
    revision: 0,
    register: {
      house_code: null,
      persons: null,
      position: location && [location.longitude, location.latitude],
      members: [],
    },
    task: 'enumerate',
    reason: null,
    is_found: true,
    responded: false,
    review: 'open',
    mode: null,
    answered_at: null,
    answered_mode: null,
    form_left: null,
    appointment: null,
    visits: 0,
    last_visit: null,
    code_issued_at: null,
    questions: [],
  };
}
