// Photos small enough to be sent over a weak network, and without what a camera writes into them.

const USUAL_PIXELS = 1600;
const QUALITY = 0.8;
const TYPE = 'image/jpeg';

/**
 * A photo with at most so many pixels on its longer side.
 *
 * Painting it anew leaves out where and with what it was taken.
 *
 * @returns {Promise<File>}
 */
export async function scaled(photo, maxPixels, name) {
  const picture = await createImageBitmap(photo);
  const scale = Math.min(1, (maxPixels ?? USUAL_PIXELS) / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, TYPE, QUALITY));
  if (!blob) throw new Error('the photo could not be painted');
  return new File([blob], name, { type: TYPE });
}
