// What keeps a sync from being finished.

/** The office did not take what was sent, or did not give what was asked: not for good, or for all. */
export class Trouble extends Error {
  /**
   * @param {'revoked'|'unknown'|'forbidden'|'busy'|'failed'|'nonsense'} kind
   * @param {import('./connection.js').Answer} [answer]
   */
  constructor(kind, answer) {
    super(kind);
    this.kind = kind;
    this.wait = answer?.wait ?? null;
  }
}

/** The trouble that an answer means which is not what was hoped for. */
export function troubleOf(answer) {
  if (answer.status === 401) {
    return new Trouble(answer.code === 'token.revoked' ? 'revoked' : 'unknown', answer);
  }
  if (answer.status === 403) return new Trouble('forbidden', answer);
  if (answer.status === 429 || answer.status === 503) return new Trouble('busy', answer);
  return new Trouble('failed', answer);
}
