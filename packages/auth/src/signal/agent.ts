/** Marks of a family in a user agent; the first family that has one of its marks counts. */
type Families<Name extends string> = readonly (readonly [name: Name, ...marks: string[]])[];

/** Most browsers claim to be Safari and Chrome too, so those stand last. */
const BROWSERS: Families<Browser> = [
  ["kakaotalk", "KAKAOTALK"],
  ["naver", "NAVER("],
  ["whale", "Whale/"],
  ["edge", "Edg/", "EdgA/", "EdgiOS/", "Edge/"],
  ["samsung", "SamsungBrowser/"],
  ["opera", "OPR/", "OPiOS/", "Opera"],
  ["firefox", "Firefox/", "FxiOS/"],
  ["chrome", "Chrome/", "CriOS/"],
  ["safari", "Safari/"],
  ["ie", "Trident/", "MSIE "],
];

/** Android claims to be Linux, and an iPhone to be like Mac OS. */
const SYSTEMS: Families<System> = [
  ["windows", "Windows"],
  ["android", "Android"],
  ["ios", "iPhone", "iPad", "iPod"],
  ["macos", "Macintosh"],
  ["chromeos", "CrOS"],
  ["linux", "Linux", "X11"],
];

export type Browser =
  | "kakaotalk"
  | "naver"
  | "whale"
  | "edge"
  | "samsung"
  | "opera"
  | "firefox"
  | "chrome"
  | "safari"
  | "ie"
  | "other";

export type System = "windows" | "android" | "ios" | "macos" | "chromeos" | "linux" | "other";

/** What a user agent says, without versions: an update makes no other device. */
export interface Agent {
  readonly browser: Browser;
  readonly system: System;
  readonly isMobile: boolean;
}

/** Beyond it nothing is looked at: no browser's is as long. */
const LONGEST = 512;

/** Reads a `User-Agent` header; anything that is none is `other` on `other`. */
export function readAgent(agent: unknown): Agent {
  const text = typeof agent === "string" ? agent.slice(0, LONGEST) : "";
  const system = findFamily(text, SYSTEMS) ?? "other";
  const isMobile = system === "android" || system === "ios" || text.includes("Mobi");
  return { browser: findFamily(text, BROWSERS) ?? "other", system, isMobile };
}

function findFamily<Name extends string>(text: string, families: Families<Name>): Name | undefined {
  return families.find(([, ...marks]) => marks.some((mark) => text.includes(mark)))?.[0];
}
