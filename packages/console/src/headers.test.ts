import { describe, expect, it } from "vitest";
import { pageHeaders } from "./headers.ts";

describe("pageHeaders", () => {
  it.each([
    ["'none'", "DENY"],
    ["'self'", "SAMEORIGIN"],
  ] as const)(
    "lets a page in a frame of %s run our scripts, take our styles, ask this site, and nothing else",
    (frame, old) => {
      const { "Content-Security-Policy": policy = "", ...others } = pageHeaders(frame);
      // All of it: whatever is added has to be added here, too.
      expect(policy.split("; ")).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        `frame-ancestors ${frame}`,
        "base-uri 'none'",
      ]);
      expect(others).toMatchObject({ "Cache-Control": "no-store", "X-Frame-Options": old });
    },
  );
});
