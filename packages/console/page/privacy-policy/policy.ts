import type { PrivacyDocument, PublishedPrivacy, SectionDiff } from "@garim/duties";
import { PRIVACY_SECTION_WORDS, PRIVACY_SECTIONS, type PrivacySection } from "@garim/policy";
import { below } from "../kit/host.ts";
import { language } from "../kit/words.ts";

/** What is published, and a draft made anew: of the endpoint `duties/privacy-policy`. */
export interface Policy {
  readonly published: PublishedPrivacy | null;
  readonly draft: PrivacyDocument;
}

/** What changed from one version to another: of `published/privacy-policies/….json`. */
export interface Changes {
  readonly changes: readonly SectionDiff[];
}

/** What somebody writes. */
export type Written = Pick<PrivacyDocument, "title" | "sections">;

export function sectionText(section: PrivacySection): string {
  return PRIVACY_SECTION_WORDS[section][language];
}

/** Sections that are empty: none is published with one. What does not apply is said, too. */
export function gapsOf({ sections }: Written): readonly PrivacySection[] {
  return PRIVACY_SECTIONS.filter((section) => (sections[section] ?? "").trim() === "");
}

/** Whether two texts would be published as the same. */
export function isSame(one: Written, other: Written): boolean {
  const linesOf = ({ title, sections }: Written): readonly string[] => [
    title,
    ...PRIVACY_SECTIONS.map((section) => (sections[section] ?? "").trim()),
  ];
  return JSON.stringify(linesOf(one)) === JSON.stringify(linesOf(other));
}

/** Where everybody reads it. */
export function publicPath(sellerId: string, query: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams(query).toString();
  const page = `published/privacy-policies/${encodeURIComponent(sellerId)}`;
  return below(asked === "" ? page : `${page}?${asked}`);
}
