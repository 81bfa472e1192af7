import type { Language, Words } from "@garim/policy";
import { type Browser, readAgent, type System } from "./agent.ts";
import { readDevice } from "./device.ts";

const UNKNOWN: Words = { ko: "알 수 없는 기기", en: "Unknown device" };

const BROWSER_WORDS: Readonly<Record<Exclude<Browser, "other">, Words>> = {
  kakaotalk: { ko: "카카오톡", en: "KakaoTalk" },
  naver: { ko: "네이버 앱", en: "NAVER app" },
  whale: { ko: "웨일", en: "Whale" },
  edge: same("Edge"),
  samsung: { ko: "삼성 인터넷", en: "Samsung Internet" },
  opera: same("Opera"),
  firefox: same("Firefox"),
  chrome: same("Chrome"),
  safari: same("Safari"),
  ie: same("Internet Explorer"),
};

const SYSTEM_WORDS: Readonly<Record<Exclude<System, "other">, Words>> = {
  windows: same("Windows"),
  android: same("Android"),
  ios: same("iOS"),
  macos: same("macOS"),
  chromeos: same("ChromeOS"),
  linux: same("Linux"),
};

/** Says a device of `deviceOf` to a person, for lists of sessions: `Chrome · Windows`. Total. */
export function describeDevice(device: unknown, language: Language): string {
  const { browser = "other", system = "other" } = readDevice(device) ?? {};
  return describe(browser, system, language);
}

/** Says a `User-Agent` header to a person as {@link describeDevice} does. Total. */
export function describeAgent(agent: unknown, language: Language): string {
  const { browser, system } = readAgent(agent);
  return describe(browser, system, language);
}

function describe(browser: string, system: string, language: Language): string {
  const words = [wordsOf(BROWSER_WORDS, browser), wordsOf(SYSTEM_WORDS, system)];
  const said = words.filter((one) => one !== undefined).map((one) => one[language]);
  return said.length === 0 ? UNKNOWN[language] : said.join(" · ");
}

function wordsOf(words: Readonly<Record<string, Words>>, name: string): Words | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

function same(name: string): Words {
  return { ko: name, en: name };
}
