import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attachmentOf, fileNameOf } from "./file-name.ts";

const AT = Date.parse("2026-11-22T23:30:00+09:00");

describe("fileNameOf", () => {
  it.each([
    ["주문", "주문-2026-11-22.xlsx"],
    ["../../etc/passwd", "etcpasswd-2026-11-22.xlsx"],
    ['a"b\r\nX: y;c', "abX yc-2026-11-22.xlsx"],
    ["\u202Egnp.exe", "gnp.exe-2026-11-22.xlsx"],
    [" . ", "download-2026-11-22.xlsx"],
    ["\ud800", "download-2026-11-22.xlsx"],
  ])("[P3] makes %j harmless, with the day in Korea", (name, expected) => {
    expect(fileNameOf(name, AT, ".xlsx")).toBe(expected);
  });
});

describe("attachmentOf", () => {
  it("[V5.4.2] gives any name in the letters of its script, and one in ASCII beside it", () => {
    expect(attachmentOf("주문 (1)'*!.xlsx")).toBe(
      "attachment; filename=\"__ (1)'*!.xlsx\"; filename*=UTF-8''%EC%A3%BC%EB%AC%B8%20%281%29%27%2A%21.xlsx",
    );
  });

  it("[P3] is one header of plain ASCII, whatever the name was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const header = attachmentOf(fileNameOf(name, AT, ".xlsx"));
        expect(header).toMatch(
          /^attachment; filename="[ -~]*"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*$/,
        );
        expect(header.match(/"/g)).toHaveLength(2);
        const [, coded = ""] = header.split("UTF-8''");
        expect(decodeURIComponent(coded)).toBe(fileNameOf(name, AT, ".xlsx"));
      }),
    );
  });
});
