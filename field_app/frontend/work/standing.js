/**
 * How a household stands, from every mode: the sign it gets and the sentences said of it.
 *
 * A sentence is a mark: the name of the sentence in the words, and what it needs to be told. The
 * first mark decides the sign, so that a list, a map and the household's own page always agree.
 *
 * @typedef {{ key: string, sign: string, [fact: string]: unknown }} Mark
 * @typedef {{ sign: string, marks: Mark[] }} Standing
 */

import { isFinal } from './codes.js';

/** Every sign, in the order a legend shows them. Shape and colour are the styles' business. */
export const SIGNS = [
  'todo', 'appointment', 'collect', 'correct', 'draft', 'waiting', 'held', 'done', 'ended',
];

/** @returns {Standing} */
export function standingOf(household) {
  const held = heldMark(household);
  const marks = [
    household.responded ? null : held,
    stopMark(household),
    correctMark(household),
    draftMark(household),
    answeredHereMark(household),
    answeredMark(household),
    endedMark(household),
    formMark(household),
    appointmentMark(household),
    waitingMark(household),
    household.responded ? held : null,
    codeMark(household),
    modeMark(household),
    visitsMark(household),
    reviewMark(household),
  ].filter(Boolean);
  const first = marks.find(({ sign }) => sign);
  return { sign: first?.sign ?? 'todo', marks: first ? marks : [{ key: 'todo', sign: 'todo' }, ...marks] };
}

/** What the office took in but does not count, unless something later of the same kind was. */
function heldMark({ local }) {
  const latest = new Map();
  for (const sent of local?.sent ?? []) if (sent.kind !== 'file') latest.set(sent.kind, sent);
  const refused = (local?.waiting ?? []).filter(({ outcome }) => HELD.has(outcome));
  const held = [...latest.values(), ...refused].find(({ outcome }) => HELD.has(outcome));
  return held && { key: 'held', sign: 'held', outcome: held.outcome, code: held.code, at: held.at };
}

const HELD = new Set(['quarantined', 'conflict', 'refused']);

/** Another mode has answered while work was under way here: the visit is called off. */
function stopMark(household) {
  const isUnderWay = household.local?.draft || household.isAnsweredHere || household.appointment;
  const isStopped = household.responded && household.task === 'none' && !isAnsweredByThisTablet(household);
  return isStopped && isUnderWay ? { ...answeredMark(household), key: 'stop' } : null;
}

function isAnsweredByThisTablet({ local }) {
  return (local?.sent ?? []).some(({ kind, outcome }) => kind === 'submission' && !HELD.has(outcome));
}

function correctMark({ task, reason }) {
  return task === 'correct' ? { key: 'correct', sign: 'correct', reason } : null;
}

function draftMark({ local }) {
  return local?.draft ? { key: 'draft', sign: 'draft', at: local.draft.saved_at } : null;
}

function answeredHereMark({ isAnsweredHere, local }) {
  if (!isAnsweredHere) return null;
  const { at } = local.waiting.findLast(({ kind }) => kind === 'submission');
  return { key: 'answeredHere', sign: 'waiting', at };
}

function answeredMark({ responded, task, answered_at: at, answered_mode: mode, mode: planned }) {
  if (!responded || task === 'correct') return null;
  return { key: 'answered', sign: 'done', at, mode: mode ?? planned };
}

function endedMark({ responded, task, disposition }) {
  if (responded || task !== 'none' || !isFinal(disposition)) return null;
  return { key: 'ended', sign: 'ended', disposition };
}

function formMark({ task, form_left: left, form_collected: collected, responded }) {
  if (responded) return null;
  if (collected) return { key: 'formCollected', sign: 'done', at: collected.at };
  if (task === 'collect') return { key: 'formLeft', sign: 'collect', at: left?.at };
  return task === 'none' && left ? { key: 'formWithOffice', sign: 'done', at: left.at } : null;
}

function appointmentMark({ task, appointment }) {
  if (!appointment || task === 'none') return null;
  return { key: 'appointment', sign: 'appointment', ...appointment };
}

function waitingMark({ local }) {
  const noted = (local?.waiting ?? []).filter(({ kind, outcome }) => kind === 'action' && !outcome);
  return noted.length ? { key: 'waiting', sign: '', count: noted.length } : null;
}

function codeMark({ code_issued_at: at, responded }) {
  return at && !responded ? { key: 'codeIssued', sign: '', at } : null;
}

function modeMark({ mode, responded, task }) {
  if (responded || task === 'none' || !mode || mode === 'face_to_face') return null;
  return { key: 'modeAgreed', sign: '', mode };
}

function visitsMark({ visits, last_visit: last, responded, isAnsweredHere }) {
  return visits && !responded && !isAnsweredHere ? { key: 'visited', sign: '', count: visits, ...last } : null;
}

function reviewMark({ review }) {
  return review === 'approved' ? { key: 'approved', sign: '' } : null;
}
