import fc from "fast-check";
import jsQR from "jsqr";
import { describe, expect, it } from "vitest";
import { drawQr } from "./qr.ts";
import { makeTotpSecret, makeTotpUri } from "./totp-code.ts";

const uri = makeTotpUri("가림 마켓 🛒", "김담당@seller-1", makeTotpSecret());

/** Its types speak of a module with a default, and Node hands out the function itself. */
const decode = jsQR as unknown as typeof jsQR.default;

/** The modules of a drawing, true where dark. The drawing must have this very form. */
function rasterise(svg: string): readonly (readonly boolean[])[] {
  const size = Number(/^<svg [^>]*viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const path = /<path d="((?:M\d+ \d+h\d+v1h-\d+z)+)"\/><\/svg>$/.exec(svg)?.[1] ?? "";
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, width, back] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    expect(back).toBe(width);
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  }
  return rows;
}

/** Reads a drawing as a camera sees it. */
function scan(svg: string, pixels = 4): string | undefined {
  const modules = rasterise(svg);
  const side = modules.length * pixels;
  const image = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (modules[Math.floor(y / pixels)]?.[Math.floor(x / pixels)])
        image.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  return decode(image, side, side)?.data;
}

describe("drawQr", () => {
  it("draws the address of a secret so that an independent decoder reads it, Korean issuer included", () => {
    expect(scan(drawQr(uri))).toBe(uri);
    expect(new URL(uri).searchParams.get("issuer")).toBe("가림 마켓 🛒");
  });

  it("draws any text", () => {
    const text = fc.string({ minLength: 1, maxLength: 200, unit: fc.constantFrom(...'aZ09 %&?=/<>"가힣🛒') });
    fc.assert(
      fc.property(text, (one) => {
        expect(scan(drawQr(one))).toBe(one);
      }),
      { numRuns: 20 },
    );
  });

  it("leaves four modules free around it", () => {
    const modules = rasterise(drawQr(uri));
    const dark = modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [x, y] : [])));
    expect(Math.min(...dark)).toBe(4);
    expect(Math.max(...dark)).toBe(modules.length - 5);
  });

  it("is dark on white on any page, and its edges are sharp", () => {
    const svg = drawQr(uri);
    const { length } = rasterise(svg);
    expect(svg).toContain(`<path fill="#fff" d="M0 0h${length}v${length}H0z"/><path d="`);
    expect(svg).toContain('shape-rendering="crispEdges"');
  });

  it("has a name in both languages, for who cannot see it", () => {
    expect(drawQr(uri)).toMatch(/^<svg [^>]*role="img"[^>]*><title>QR 코드 · QR code<\/title>/);
  });

  it("[P3] holds nothing that runs, loads or takes part in the page's style, whatever the text", () => {
    const svg = drawQr('"/><script>alert(1)</script><image href="https://evil.example"/>');
    const parts = [...svg.matchAll(/<(\/?\w+)|\s([\w-]+)=/g)].map(([, tag, attribute]) => tag ?? attribute);
    expect(new Set(parts)).toEqual(
      new Set("svg xmlns viewBox role shape-rendering title /title path fill d /svg".split(" ")),
    );
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/:|url|script/);
  });

  it("takes as much as the largest code holds, and says what to write beyond it", () => {
    expect(() => drawQr("a".repeat(2_953))).not.toThrow();
    for (const text of ["a".repeat(2_954), "가".repeat(985)])
      expect(() => drawQr(text)).toThrow(
        expect.objectContaining({
          code: "ERR_GARIM_OPTION_INVALID",
          message: expect.stringMatching(/has 295\d\..*issuer: "My Market"/),
        }),
      );
  });
});
