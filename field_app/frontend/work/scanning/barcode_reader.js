/** Reads barcodes from a video: by the browser where it can, else by a decoder loaded when first needed. */

import { CameraProblem } from './camera.js';

const FORMATS = ['code_128', 'qr_code'];

/**
 * A function that looks for a barcode in the present picture of a video.
 *
 * @returns {Promise<(video: HTMLVideoElement) => Promise<string|null>>}
 */
export async function barcodeReader() {
  return (await ofTheBrowser()) ?? ofOurOwn();
}

async function ofTheBrowser() {
  if (!('BarcodeDetector' in globalThis)) return null;
  const known = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!FORMATS.every((format) => known.includes(format))) return null;
  const detector = new BarcodeDetector({ formats: FORMATS });
  return async (video) => {
    const [found] = await detector.detect(video).catch(() => []);
    return found?.rawValue ?? null;
  };
}

async function ofOurOwn() {
  try {
    const { readerOfPictures } = await import('./decoder.js');
    return readerOfPictures();
  } catch {
    throw new CameraProblem('decoder');
  }
}
