/** The tablet's camera, looked through for a barcode. */

const WIDE = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } };

/** Why the camera cannot be used: `none`, `refused` or `failed`. */
export class CameraProblem extends Error {
  constructor(reason) {
    super(`the camera cannot be used: ${reason}`);
    this.reason = reason;
  }
}

/** One camera: started into a video element, read from, stopped. */
export class Camera {
  #stream = null;
  #video = null;
  #isStopped = false;

  /** Show the camera's picture in a video element. */
  async start(video) {
    if (!navigator.mediaDevices?.getUserMedia) throw new CameraProblem('none');
    this.#isStopped = false;
    this.#stream = await askedFor(WIDE);
    // Whoever left the screen meanwhile must not be filmed.
    if (this.#isStopped) return this.stop();
    this.#video = video;
    video.srcObject = this.#stream;
    await video.play();
  }

  /** What a reader finds in the present picture, or null. */
  async read(reader) {
    const video = this.#video;
    if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    return reader(video);
  }

  /** Whether the camera has a lamp. */
  get hasLight() {
    return Boolean(this.#track()?.getCapabilities?.().torch);
  }

  /** Switch the lamp; tells whether it is lit. */
  async light(isLit) {
    try {
      await this.#track().applyConstraints({ advanced: [{ torch: isLit }] });
      return isLit;
    } catch {
      return false;
    }
  }

  /** Let go of the camera. */
  stop() {
    this.#isStopped = true;
    this.#stream?.getTracks().forEach((track) => track.stop());
    if (this.#video) this.#video.srcObject = null;
    this.#stream = null;
    this.#video = null;
  }

  #track() {
    return this.#stream?.getVideoTracks()[0];
  }
}

async function askedFor(video) {
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch ({ name }) {
    if (name === 'NotAllowedError' || name === 'SecurityError') throw new CameraProblem('refused');
    throw new CameraProblem(name === 'NotFoundError' ? 'none' : 'failed');
  }
}
