/**
 * The decoder for browsers that read no barcodes themselves; loaded by whoever scans first.
 *
 * Two readers of the library are taken by their files: its front door would bring all of them.
 */

import BinaryBitmap from '@zxing/library/es2015/core/BinaryBitmap.js';
import DecodeHintType from '@zxing/library/es2015/core/DecodeHintType.js';
import RGBLuminanceSource from '@zxing/library/es2015/core/RGBLuminanceSource.js';
import HybridBinarizer from '@zxing/library/es2015/core/common/HybridBinarizer.js';
import Code128Reader from '@zxing/library/es2015/core/oned/Code128Reader.js';
import QRCodeReader from '@zxing/library/es2015/core/qrcode/QRCodeReader.js';

import { greyOf } from './grey.js';

const WIDEST_PX = 1024;
const HINTS = new Map([[DecodeHintType.TRY_HARDER, true]]);

/** What a Code 128 or a QR code in a grey picture says, or null. */
export function decode({ grey, width, height }) {
  const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)));
  for (const reader of [new Code128Reader(), new QRCodeReader()]) {
    try {
      return reader.decode(bitmap, HINTS).getText();
    } catch {
      // Nothing of this kind is in the picture; that is how the library says so.
    }
  }
  return null;
}

/** A function that looks for a barcode in the present picture of a video. */
export function readerOfPictures() {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    const shrink = Math.min(1, WIDEST_PX / video.videoWidth);
    const width = Math.round(video.videoWidth * shrink);
    const height = Math.round(video.videoHeight * shrink);
    if (!width || !height) return null;
    Object.assign(canvas, { width, height });
    pen.drawImage(video, 0, 0, width, height);
    return decode({ grey: greyOf(pen.getImageData(0, 0, width, height).data), width, height });
  };
}
