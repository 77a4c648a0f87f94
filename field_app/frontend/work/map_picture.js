/** What the map of an area shows: the outline as a path, a dot for each dwelling, and the whole box. */

import { boxAround, contains, middleOf, pathOf, projectionAround, ringsOf } from './projection.js';
import { standingOf } from './standing.js';

/**
 * @param {{ boundary: object|null }} area
 * @param {import('./known.js').Known[]} households
 * @returns {{ box: number[]|null, outline: string, dots: { at: [number, number], sign: string,
 *   household: object }[], unplaced: number, hasBoundary: boolean, project: Function,
 *   contains: (place: [number, number]) => boolean }} in metres; `box` is null where there is nothing
 */
export function pictureOf(area, households) {
  const rings = ringsOf(area.boundary);
  const placed = households.filter(({ register }) => register?.position);
  const places = [...rings.flat(), ...placed.map(({ register }) => register.position)];
  const around = boxAround(places);
  const project = projectionAround(around ? middleOf(around) : [0, 0]);
  return {
    box: around && boxAround([project(around.slice(0, 2)), project(around.slice(2))]),
    outline: pathOf(rings, project),
    dots: placed.map((household) => dotOf(household, project)).sort(lessUrgentFirst),
    unplaced: households.length - placed.length,
    hasBoundary: rings.length > 0,
    project,
    contains: (place) => rings.length === 0 || contains(rings, place),
  };
}

function dotOf(household, project) {
  return { at: project(household.register.position), sign: standingOf(household).sign, household };
}

/** What is drawn last lies on top: what is left to do, over what is done. */
function lessUrgentFirst(one, other) {
  return (one.household.task === 'none' ? 0 : 1) - (other.household.task === 'none' ? 0 : 1);
}
