const WORDS = new DataView(new ArrayBuffer(4));

/**
 * The IEEE 754 half-precision bits of a number.
 *
 * @returns the 16 bits, or `undefined` where the half cannot hold the number exactly
 */
export function halfBits(value: number): number | undefined {
  if (Number.isNaN(value)) return 0x7e00;
  WORDS.setFloat32(0, value);
  const bits = WORDS.getUint32(0);
  const half = ((bits >>> 16) & 0x8000) | halfMagnitude(bits & 0x7fff_ffff);
  return Object.is(readHalf(half), value) ? half : undefined;
}

/** Truncates a single's magnitude to a half's; the caller checks whether anything was lost. */
function halfMagnitude(bits: number): number {
  const exponent = (bits >>> 23) - 112;
  if (bits === 0x7f80_0000 || exponent >= 31) return 0x7c00;
  if (exponent > 0) return (exponent << 10) | ((bits >>> 13) & 0x3ff);
  return exponent < -10 ? 0 : (0x80_0000 | (bits & 0x7f_ffff)) >>> (14 - exponent);
}

/** The number that 16 bits of half precision stand for. */
export function readHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
