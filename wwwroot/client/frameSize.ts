/** The size to encode at: never enlarged, the long side at most `longSide`, both sides even as 4:2:0 chroma requires. */
export function encodedSize(width: number, height: number, longSide: number): { width: number; height: number } {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: even(width * scale), height: even(height * scale) };
}

function even(value: number): number {
  return Math.max(2, Math.round(value / 2) * 2);
}
