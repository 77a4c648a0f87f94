// The lists a form refers to, with one household in them: the one at hand, and its registered persons.
import { entityId } from './entity_id.js';

const HOUSEHOLD_COLUMNS = [
  'name',
  'label',
  '__version',
  'household_id',
  'ea_code',
  'address',
  'task',
  'comment',
  'disposition',
  'house_code',
  'register_persons',
  'members',
];
const REGISTER_COLUMNS = [
  'name',
  'label',
  '__version',
  'household_id',
  'line',
  'title',
  'first_name',
  'surname',
  'sex',
  'birth_month',
  'birth_year',
  'nationality',
];
const QUOTED = /[",\r\n]/;

/**
 * The registered persons of a household, each with the id the form knows them by.
 *
 * @param {import('../store/households.js').Household} household
 */
export async function registeredAt(household) {
  const members = household.register?.members ?? [];
  return Promise.all(
    members.map(async (member, place) => ({
      ...member,
      id: await entityId(`${household.id}/${place + 1}`),
      line: place + 1,
    })),
  );
}

/** The lists as CSV, by the names under which a form asks for them. */
export async function listsFor(household, registered) {
  return {
    'households.csv': csv(HOUSEHOLD_COLUMNS, [await householdRow(household, registered)]),
    'register.csv': csv(REGISTER_COLUMNS, registered.map((each) => registerRow(household, each))),
  };
}

async function householdRow(household, registered) {
  return {
    name: await entityId(household.id),
    label: `${household.id} ${household.address}`,
    __version: (household.revision ?? 0) + 1,
    household_id: household.id,
    ea_code: household.ea_code,
    address: household.address,
    task: household.task,
    comment: household.task === 'correct' ? household.reason : '',
    disposition: household.disposition,
    house_code: household.register?.house_code,
    register_persons: household.register?.persons,
    members: registered.map(nameOf).join(' · '),
  };
}

function registerRow(household, person) {
  return {
    name: person.id,
    label: `${nameOf(person)} (${person.birth_year_be})`,
    __version: 1,
    household_id: household.id,
    line: person.line,
    title: person.title,
    first_name: person.first_name,
    surname: person.surname,
    sex: person.sex,
    birth_month: String(person.birth_month).padStart(2, '0'),
    birth_year: person.birth_year_be,
    nationality: person.nationality,
  };
}

const nameOf = ({ first_name: first, surname }) => `${first} ${surname}`;

function csv(columns, rows) {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}

function cell(value) {
  const text = value === null || value === undefined ? '' : String(value);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
