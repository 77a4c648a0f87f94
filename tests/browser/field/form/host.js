// Plays the app's part beside the frame of the form: answers what it asks, and remembers what it said.
window.host = {
  frame: null,
  port: null,
  saved: null,
  saves: 0,
  photos: {},
  finished: null,
  hasLeft: false,
  waiting: new Map(),
  number: 0,

  async open(opening) {
    await this.ready();
    await this.show(opening);
  },

  /** Have a frame with its engine, and a line to it. */
  async ready() {
    this.frame?.remove();
    Object.assign(this, { finished: null, hasLeft: false, frame: document.createElement('iframe') });
    this.frame.title = 'แบบสอบถาม';
    const line = new Promise((resolve) => {
      addEventListener('message', function listen({ source, data }) {
        if (source !== host.frame.contentWindow || data !== 'sammano-form-ready') return;
        removeEventListener('message', listen);
        const { port1, port2 } = new MessageChannel();
        source.postMessage('sammano-form-line', location.origin, [port2]);
        resolve(port1);
      });
    });
    this.frame.src = '/field/form';
    document.body.append(this.frame);
    this.port = await line;
    this.port.onmessage = ({ data }) => this.hear(data);
  },

  show(opening) {
    const files = Object.entries(this.photos).map(([name, blob]) => new File([blob], name, { type: blob.type }));
    return this.ask('open', { ...opening, photos: files });
  },

  ask(kind, body) {
    const number = (this.number += 1);
    this.port.postMessage({ number, kind, body });
    return new Promise((resolve) => this.waiting.set(number, resolve));
  },

  async hear({ number, kind, body, isAnswer }) {
    if (isAnswer) return this.waiting.get(number)?.(body);
    if (kind === 'save') Object.assign(this, { saved: body, saves: this.saves + 1 });
    if (kind === 'photo') this.photos[body.name] = body.blob;
    if (kind === 'forget photo') delete this.photos[body.name];
    if (kind === 'leave') this.hasLeft = true;
    if (kind === 'finish') this.finished = body;
    return this.port.postMessage({ number, isAnswer: true });
  },

  close() {
    this.frame.remove();
    this.port.close();
    this.frame = this.port = null;
  },
};
