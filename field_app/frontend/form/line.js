// The line between the app and the frame of the form: questions and answers over a port of their own.
//
// The frame asks for the line once its page is there; both sides look whom they hear from. After
// that nothing goes through `window`, and nobody else can listen.

const READY = 'sammano-form-ready';
const OPENED = 'sammano-form-line';

/** One end of the line. */
export class Line {
  #port;
  #waiting = new Map();
  #handlers = new Map();
  #number = 0;

  /** @param {MessagePort} port */
  constructor(port) {
    this.#port = port;
    port.onmessage = ({ data }) => this.#hear(data);
  }

  /** Answer a kind of question with what the handler gives. */
  on(kind, handler) {
    this.#handlers.set(kind, handler);
    return this;
  }

  /** Ask the other side; it answers once it has done what was asked. */
  ask(kind, body = {}) {
    const number = (this.#number += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#port.postMessage({ number, kind, body });
    });
  }

  close() {
    this.#port.close();
  }

  async #hear({ number, kind, body, isAnswer, hasFailed }) {
    if (isAnswer) return this.#settle(number, body, hasFailed);
    try {
      const answer = await this.#handlers.get(kind)?.(body);
      this.#port.postMessage({ number, isAnswer: true, body: answer });
    } catch {
      // What failed is told without its words, which may hold an answer.
      this.#port.postMessage({ number, isAnswer: true, hasFailed: true });
    }
    return undefined;
  }

  #settle(number, body, hasFailed) {
    const { resolve, reject } = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (hasFailed) reject(new Error('the other side could not do it'));
    else resolve(body);
  }
}

/** In the frame: ask the app around it for a line. @returns {Promise<Line>} */
export function lineToApp() {
  return new Promise((resolve) => {
    addEventListener('message', function listen({ origin, source, data, ports }) {
      if (origin !== location.origin || source !== parent || data !== OPENED) return;
      removeEventListener('message', listen);
      resolve(new Line(ports[0]));
    });
    parent.postMessage(READY, location.origin);
  });
}

/** In the app: give a frame its line as soon as its page is there. @returns {Promise<Line>} */
export function lineToFrame(frame) {
  return new Promise((resolve) => {
    addEventListener('message', function listen({ origin, source, data }) {
      if (origin !== location.origin || source !== frame.contentWindow || data !== READY) return;
      removeEventListener('message', listen);
      const { port1, port2 } = new MessageChannel();
      source.postMessage(OPENED, location.origin, [port2]);
      resolve(new Line(port1));
    });
  });
}
