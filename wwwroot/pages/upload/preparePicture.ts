import { StillError } from "../../client/stills.ts";

/** The server analyzes at 640 pixels; the rest is for display. */
const longestSide = 1600;

/** Beyond this, a browser may fail to decode a picture without an error. */
const maxBytes = 100_000_000;

const quality = 0.95;

/**
 * Turns the picture upright, limits its size and strips its metadata: where and with which camera it was taken stays in the
 * browser. Accepts every format that the browser can decode; throws a StillError for anything else.
 */
export async function preparePicture(file: Blob): Promise<Blob> {
  if (file.size > maxBytes) throw new StillError("too_large", "");
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new StillError("not_a_picture", "");
  }
  try {
    return await draw(bitmap);
  } finally {
    bitmap.close();
  }
}

async function draw(bitmap: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new StillError("failed", "");
  // JPEG has no transparency and would make it black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new StillError("failed", ""))), "image/jpeg", quality));
}
