import { type Html, html, koreanMoment, layPage, layTable } from "@garim/audit";
import { PRIVACY_SECTION_WORDS, PRIVACY_SECTIONS } from "@garim/policy";
import type {
  DiffLine,
  PrivacyVersion,
  PrivacyVersionPage,
  PublishedPrivacy,
  SectionDiff,
} from "./privacy.ts";

/**
 * Writes a published policy as a page in Korean that loads and runs nothing; whatever the seller wrote is text in it.
 *
 * @param history - a page of the versions, newest first; each is linked as `?version=`, the next page as `?after=`
 */
export function writePrivacyPage(
  { title, sections, version, publishedAt }: PublishedPrivacy,
  { entries, next }: PrivacyVersionPage,
): string {
  const body = PRIVACY_SECTIONS.flatMap((name, i) => [
    html`\n<h2>${i + 1}. ${PRIVACY_SECTION_WORDS[name].ko}</h2>\n`,
    ...paragraphs(sections[name] ?? ""),
  ]);
  return layPage(`${title} 개인정보 처리방침`, [
    html`<p class="note">제${version}판, ${koreanMoment(publishedAt, "ko")}부터</p>`,
    ...body,
    html`\n<h2>이전 판</h2>\n`,
    layTable(
      [
        { heading: "판", cell: (one) => html`<a href="?version=${one.version}">제${one.version}판</a>` },
        { heading: "공개일시", cell: (one) => koreanMoment(one.publishedAt, "ko") },
        { heading: "바뀐 내용", cell: (one) => changeLink(one) },
      ],
      entries,
    ),
    ...(next === null ? [] : [html`<p><a href="?version=${version}&amp;after=${next}">그 전의 판</a></p>`]),
  ]);
}

function changeLink({ version }: PrivacyVersion): Html | string {
  if (version === 1) return "처음 공개";
  return html`<a href="?from=${version - 1}&amp;to=${version}">제${version - 1}판과 비교</a>`;
}

/** Writes what a later version has other than an earlier one. */
export function writePrivacyDiff(
  earlier: PublishedPrivacy,
  later: PublishedPrivacy,
  changes: readonly SectionDiff[],
): string {
  const body = changes.flatMap(({ section, lines }) => [
    html`\n<h2>${PRIVACY_SECTION_WORDS[section].ko}</h2>\n`,
    ...lines.map(writeLine),
  ]);
  return layPage(`${later.title} 개인정보 처리방침: 제${earlier.version}판과 제${later.version}판`, [
    ...(changes.length === 0 ? [html`<p>바뀐 내용이 없습니다.</p>`] : body),
  ]);
}

/** Said in words besides: strokes and colours are not read out. */
function writeLine({ kind, text }: DiffLine): Html {
  if (kind === "same") return html`<p>${text}</p>`;
  return kind === "added" ? html`<p><ins>추가: ${text}</ins></p>` : html`<p><del>삭제: ${text}</del></p>`;
}

function paragraphs(text: string): readonly Html[] {
  return text.split("\n").map((line) => html`<p>${line}</p>`);
}
