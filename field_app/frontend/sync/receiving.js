// Takes in what the office has for the tablet: areas, households, questionnaires, corrections.
import * as settings from '../store/settings.js';
import { areas } from '../store/areas.js';
import { corrections } from '../store/corrections.js';
import { announce } from '../store/changes.js';
import { database } from '../store/database.js';
import { drafts } from '../store/drafts.js';
import * as questionnaires from '../store/questionnaires.js';
import { ask } from './connection.js';
import { Trouble, troubleOf } from './trouble.js';
import { keepWorkload } from './workload.js';

/** Ask for all that changed, and keep it. Open interviews are not touched. */
export async function receiveAll(token) {
  const workload = await askForWorkload(token);
  await keepQuestionnaires(token, workload.questionnaires);
  await keepWorkload(workload);
  await keepCorrections(token);
  return workload;
}

async function askForWorkload(token) {
  const since = (await settings.workload())?.cursor;
  const changed = await got(`/api/v1/workload${since ? `?since=${since}` : ''}`, token);
  const isWhole = !since || (await hasNewArea(changed));
  const workload = since && isWhole ? await got('/api/v1/workload', token) : changed;
  // The census day goes on from here while there is no network.
  return { ...workload, read_at: new Date().toISOString(), is_whole: isWhole };
}

/** What changed says too little of an area that is new here, or here again. */
async function hasNewArea({ areas: told }) {
  const had = new Map((await areas.all()).map((area) => [area.ea_code, area.lease]));
  return told.some((area) => had.get(area.ea_code) !== area.lease);
}

async function keepQuestionnaires(token, published) {
  const had = new Set((await questionnaires.versions()).map(({ key, sha256 }) => `${key} ${sha256}`));
  const complete = await Promise.all(
    published.map(async (each) => {
      const { id, version, sha256 } = each;
      if (had.has(`${questionnaires.keyOf(id, version)} ${sha256}`)) return each;
      return { ...each, xform: await fetchedForm(token, each) };
    }),
  );
  const begun = (await drafts.all()).map((each) =>
    questionnaires.keyOf(each.questionnaire, each.version),
  );
  await questionnaires.keep(complete, new Set(begun));
}

async function fetchedForm(token, { url, sha256 }) {
  const answer = await ask(url, { token });
  if (!answer.ok) throw troubleOf(answer);
  if ((await digestOf(answer.text)) !== sha256) throw new Trouble('nonsense', answer);
  return answer.text;
}

async function digestOf(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What was answered before, for each household to correct; it goes when there is nothing to correct. */
async function keepCorrections(token) {
  const db = await database();
  const [households, kept, begun] = await Promise.all([
    db.getAll('households'),
    db.getAll('corrections'),
    db.getAllKeys('drafts'),
  ]);
  const toCorrect = households.filter((each) => each.task === 'correct');
  const had = new Map(kept.map((each) => [each.key, each.revision]));
  for (const { key, ea_code: eaCode, revision } of toCorrect) {
    if (had.get(key) === revision) continue;
    const answer = await ask(`/api/v1/workload/corrections/${key}`, { token });
    if (answer.ok) await corrections.put(key, answer.body, { ea_code: eaCode, revision });
    else if (answer.status !== 404) throw troubleOf(answer);
  }
  const needed = new Set([...toCorrect.map(({ key }) => key), ...begun]);
  for (const { key } of kept) if (!needed.has(key)) await corrections.remove(key);
  announce('corrections', null);
}

async function got(path, token) {
  const answer = await ask(path, { token });
  if (!answer.ok) throw troubleOf(answer);
  if (!answer.body) throw new Trouble('nonsense', answer);
  return answer.body;
}
