// One interview on the app's side: stores what the frame says, and finishes it.
import * as drafts from '../store/drafts.js';
import { finishForm } from '../store/outbox.js';
import * as photos from '../store/photos.js';

const LOG_TYPE = 'text/csv';

/** Keeps one form while it is filled in. */
export class Session {
  #draft;

  /** @param {object} draft as `openingFor` gives it */
  constructor(draft) {
    this.#draft = draft;
  }

  get householdId() {
    return this.#draft.household_id;
  }

  /** Keep the form as it stands; on the disk once this resolves. */
  async save(told) {
    this.#draft = { ...this.#draft, ...told, saved_at: new Date().toISOString() };
    await drafts.put(this.#draft);
  }

  /** Keep a photo; on the disk once this resolves. */
  keepPhoto({ name, blob }) {
    return photos.put(this.householdId, name, blob);
  }

  forgetPhoto({ name }) {
    return photos.remove(this.householdId, name);
  }

  /**
   * The form is finished: it waits for the office, with its photos and its log, all or nothing.
   *
   * @returns {Promise<{at: string, persons: number, photos: number}>} what was kept
   */
  async finish({ xml, mode, ended_at: endedAt, persons, log, ...told }) {
    const draft = { ...this.#draft, ...told };
    const pictures = await Promise.all(told.photos.map(({ name }) => this.#picture(name)));
    const kept = pictures.filter(Boolean);
    const written = { name: log.name, blob: new Blob([log.text], { type: LOG_TYPE }) };
    await finishForm({ draft, xml, mode, ended_at: endedAt, files: [...kept, written] });
    return { at: endedAt, persons, photos: kept.length };
  }

  async #picture(name) {
    const blob = await photos.get(this.householdId, name);
    return blob && { name, blob };
  }
}
