/** The one thing that comes next at a household. */

/**
 * @param {import('./known.js').Known} household
 * @returns {'start'|'resume'|'correct'|'resumeCorrection'|'collect'|null} null when nothing is left
 */
export function nextStep({ task, local, isAnsweredHere }) {
  const isBegun = Boolean(local?.draft);
  if (isBegun) return task === 'correct' ? 'resumeCorrection' : 'resume';
  if (isAnsweredHere || task === 'none') return null;
  return { enumerate: 'start', correct: 'correct', collect: 'collect' }[task] ?? null;
}
