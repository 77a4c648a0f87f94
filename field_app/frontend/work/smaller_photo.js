/** Makes a photo small enough to be sent over a bad connection, and leaves out what the camera added. */

const LONGEST_SIDE_PX = 1600;
const QUALITY = 0.8;

/** The photo as a JPEG of at most 1,600 pixels a side. @param {Blob} photo @returns {Promise<Blob>} */
export async function smaller(photo) {
  const picture = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  const shrink = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * shrink);
  canvas.height = Math.round(picture.height * shrink);
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error('no picture'))), 'image/jpeg', QUALITY);
  });
}
