import { GarimError } from "@garim/policy";
import { encode } from "uqr";

/** Free modules around the code: scanners need them (ISO/IEC 18004). */
const QUIET_ZONE = 4;
/** What the largest code holds with the least error correction. */
const LONGEST_BYTES = 2_953;

/**
 * Draws a text as QR code, for a page to put in as it is: SVG without script, style, ids or anything to load. It is dark on
 * white also on a dark page; its size is the page's to set. Its title names it in Korean and English; what it is for, the
 * page says beside it, and gives the same text to those who cannot scan.
 *
 * @param text - up to 2,953 bytes in UTF-8; the shorter, the easier to scan
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` where it is longer
 */
export function drawQr(text: string): string {
  if (Buffer.byteLength(text) > LONGEST_BYTES) throw tooLong(text);
  // A screen gets no scratches, so few large modules first; then as much correction as fits beside the text.
  const { data, size } = encode(text, { ecc: "L", boostEcc: true, border: QUIET_ZONE });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" shape-rendering="crispEdges">`,
    "<title>QR 코드 · QR code</title>",
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/>`,
    `<path d="${data.map(drawRow).join("")}"/>`,
    "</svg>",
  ].join("");
}

/** One rectangle for each run of dark modules. */
function drawRow(row: readonly boolean[], y: number): string {
  const modules = row.map((isDark) => (isDark ? "#" : ".")).join("");
  return [...modules.matchAll(/#+/g)]
    .map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
    .join("");
}

function tooLong(text: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `A QR code holds ${LONGEST_BYTES} bytes, and this text has ${Buffer.byteLength(text)}. Give authenticator apps a shorter issuer and label: issuer: "My Market"`,
  );
}
