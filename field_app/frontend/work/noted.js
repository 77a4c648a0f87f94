/**
 * Households with everything this tablet noted about them.
 *
 * The store tells of each report that waits only what kind it is; what was reported is opened here,
 * for the few households that have one. Interviews that wait stay closed: that they are there is enough.
 */

import * as areas from '../store/areas.js';
import * as households from '../store/households.js';
import { headings, outbox } from '../store/outbox.js';
import { known } from './known.js';

/** The households of an area as the enumerator knows them. */
export async function knownIn(eaCode, waiting = waitingReports()) {
  const [found, reports] = await Promise.all([households.inArea(eaCode), waiting]);
  return found.map((household) => known(withReports(household, reports)));
}

/** One household as the enumerator knows it, or undefined. */
export async function knownHousehold(id) {
  const household = await households.get(id);
  return household && known(withReports(household, await waitingReports(household.id)));
}

/** Every household of every area, with its area. */
export async function knownEverywhere() {
  const waiting = waitingReports();
  const all = await areas.all();
  return Promise.all(
    all.map(async (area) => ({ area, households: await knownIn(area.ea_code, waiting) })),
  );
}

async function waitingReports(householdId = null) {
  const waiting = (await headings()).filter(
    ({ kind, household_id: about }) =>
      kind === 'action' && about && (householdId === null || about === householdId),
  );
  const opened = await Promise.all(waiting.map(({ key }) => outbox.get(key)));
  const reports = new Map();
  waiting.forEach((heading, at) => {
    // It may have been sent between the two looks.
    const report = { ...opened[at]?.body, ...answerTo(heading), kind: 'action', type: heading.type, at: heading.at };
    reports.set(heading.household_id, [...(reports.get(heading.household_id) ?? []), report]);
  });
  return reports;
}

/** What the office said of a report that it did not take; the report stays on the tablet. */
function answerTo({ refused }) {
  return refused ? { outcome: 'refused', ...refused } : {};
}

function withReports(household, reports) {
  const { local } = household;
  const others = local.waiting.filter(({ kind }) => kind === 'submission');
  const waiting = [...others, ...(reports.get(household.id) ?? [])].sort(byMoment);
  return { ...household, local: { ...local, waiting } };
}

const byMoment = (one, other) => (one.at < other.at ? -1 : 1);
