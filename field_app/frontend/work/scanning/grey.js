/** A coloured picture as the greys that a decoder of barcodes reads. */

const [RED, GREEN, BLUE] = [306, 601, 117];

/** One byte of brightness for every four of red, green, blue and opacity. */
export function greyOf(pixels) {
  const grey = new Uint8ClampedArray(pixels.length / 4);
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4) {
    grey[at] = (RED * pixels[from] + GREEN * pixels[from + 1] + BLUE * pixels[from + 2]) >> 10;
  }
  return grey;
}
