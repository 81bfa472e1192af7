import { describe, expect, it } from "vitest";
import { type DayVolume, decideDownloadVolume } from "./download-volume.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy({
  staffDayRows: 10,
  staffDaySubjects: 8,
  sellerDayRows: 20,
  sellerDaySubjects: 16,
});
const most = { staff: { rows: 10, subjects: 8 }, seller: { rows: 20, subjects: 16 } };

describe("decideDownloadVolume", () => {
  it("[garim/download] allows what just fits", () => {
    expect(decideDownloadVolume(most, policy).kind).toBe("allow");
  });

  it.each<["staff" | "seller", keyof DayVolume]>([
    ["staff", "rows"],
    ["staff", "subjects"],
    ["seller", "rows"],
    ["seller", "subjects"],
  ])("refuses one more of a %s's %s, and what is no number", (whose, what) => {
    for (const value of [most[whose][what] + 1, Number.NaN])
      expect(
        decideDownloadVolume({ ...most, [whose]: { ...most[whose], [what]: value } }, policy),
      ).toMatchObject({ kind: "refuse", reason: "download-limit", source: "garim/download" });
  });
});
