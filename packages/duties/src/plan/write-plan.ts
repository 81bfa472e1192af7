import { type Html, html, koreanMoment, layFacts, layPage } from "@garim/audit";
import { type Basis, type Policy, SOURCES, type SourceEntry } from "@garim/policy";
import { PLAN_SECTIONS, type PlanSection } from "./plan-sections.ts";

const BASIS: Readonly<Record<Basis, string>> = { law: "법령", code: "자율규제", ours: "당사 기준" };

const UNKNOWN_SINCE = "확인하지 못함(접속기록의 정책 변경에 있음)";

/** What stands on the plan besides the rules. */
export interface PlanFacts {
  /** Whose plan it is. */
  readonly company: string;
  /** UTC milliseconds. */
  readonly madeAt: number;
  /** Since when this configuration is in force, as the log has it, UTC milliseconds; left out where nobody can tell. */
  readonly inForceSince?: number;
  /** What the host has switched on; left out where nobody can tell, and the plan says so. */
  readonly isOn?: Readonly<Record<"watch" | "duties", boolean>>;
}

/**
 * Writes the configuration in force as the part of an internal management plan (내부 관리계획) that it implements: a page in Korean with the
 * numbers, their sources, and whether law, code or the company gives them. It is that part and no more: who is responsible, and what people
 * do without this system, stand elsewhere in the plan.
 *
 * @source pipa/29
 */
export function writePlan(policy: Policy, { company, madeAt, inForceSince, isOn }: PlanFacts): string {
  const tightened = Object.entries(policy.overrides).map(([name, value]) => `${name} = ${value}`);
  return layPage("개인정보 내부 관리계획: 시스템이 이행하는 부분", [
    layFacts([
      ["회사", company],
      ["작성일시", koreanMoment(madeAt, "ko")],
      ["적용일시", inForceSince === undefined ? UNKNOWN_SINCE : koreanMoment(inForceSince, "ko")],
      ["정책 판", `${policy.edition.id}: ${policy.edition.about.ko}`],
      ["강화한 값", tightened.join(", ") || "없음"],
    ]),
    html`<p class="note">지금 적용된 설정을 그대로 옮긴 것입니다. 숫자에 '당사 기준'이라고 적힌 것은 법령이나 자율규제에 정함이 없어 당사가 정한 값입니다.</p>`,
    ...PLAN_SECTIONS.flatMap((section, i) => writeSection(section, i, policy, isOn)),
  ]);
}

function writeSection(
  { title, sources, needs, say }: PlanSection,
  i: number,
  policy: Policy,
  isOn: PlanFacts["isOn"],
): readonly Html[] {
  const ours = numbersOfOurs(sources, policy);
  return [
    html`\n<h2>${i + 1}. ${title}</h2>\n`,
    ...(needs === undefined ? [] : sayWhether(isOn?.[needs])),
    ...say(policy).map((sentence) => html`<p>${sentence}</p>`),
    ...sources.map(
      (id) => html`<p class="note">근거: ${SOURCES[id].ko} [${id}, ${saySource(SOURCES[id])}]</p>`,
    ),
    ...(ours.length === 0 ? [] : [html`<p class="note">당사 기준인 숫자: ${ours.join(", ")}</p>`]),
  ];
}

function saySource({ basis, since }: SourceEntry): string {
  return since === null ? BASIS[basis] : `${BASIS[basis]}, ${since} 시행`;
}

/** Nobody reads as done what is not. */
function sayWhether(isOn: boolean | undefined): readonly Html[] {
  if (isOn === true) return [];
  return isOn === false
    ? [html`<p class="bad">이 설치에서는 켜지 않았습니다. 아래는 켰을 때의 내용입니다.</p>`]
    : [html`<p class="note">애플리케이션에서 켠 경우에 한합니다.</p>`];
}

function numbersOfOurs(sources: PlanSection["sources"], { edition }: Policy): readonly string[] {
  return Object.entries(edition.numbers)
    .filter(([, { source, number }]) => number === "ours" && sources.includes(source))
    .map(([name]) => name);
}
