import { type Basis, REASONS, type Reason } from "@garim/policy";
import type { Actor } from "../access.ts";
import { type Html, html } from "../review/html.ts";
import { layFacts, layPage, layTable } from "../review/page.ts";
import { ACTION_WORDS } from "../words/actions.ts";
import { ACTOR_WORDS } from "../words/kinds.ts";
import { koreanTime } from "../words/korean-time.ts";
import type { CopyVerdict, Evidence, EvidencePlace, RuleInForce } from "./evidence.ts";

const BASIS: Readonly<Record<Basis, string>> = { law: "법령", code: "자율규제", ours: "당사 기준" };

/**
 * Writes the first page of a folder of evidence, in Korean. It loads and runs nothing, and whatever stands in the log is text in it.
 *
 * @param files - paths of the folder's other files
 */
export function writeEvidencePage(evidence: Evidence, files: readonly string[]): string {
  const { from, to, madeAt, months, damaged, verdicts } = evidence;
  const records = months.reduce((sum, month) => sum + month.records, 0);
  return layPage("개인정보 접속기록 증빙 자료", [
    ...warningsOf(evidence),
    heading("1. 개요"),
    layFacts([
      ["기간", `${koreanTime(from)} ~ ${koreanTime(to)} 전까지 (기록일시, 한국시간)`],
      ["작성일시", koreanTime(madeAt)],
      ["접속기록", `${count(records)}건`],
      ["읽을 수 없는 기록", `${count(damaged.length)}건`],
    ]),
    heading("2. 검증 결과"),
    ...(verdicts.length === 0 ? [html`<p>검증하지 않았습니다.</p>`] : verdicts.map(verdictOf)),
    heading("3. 규칙과 이행"),
    layTable(
      [
        { heading: "규칙", cell: ({ rule }) => rule.ko },
        { heading: "근거", cell: sourcesOf },
        { heading: "이행", cell: ({ keptBy }) => keptBy.join(", ") },
        { heading: "적용 값", cell: numbersOf },
      ],
      evidence.rules,
    ),
    ...configurationOf(evidence),
    ...countsOf(evidence),
    heading("7. 표본과 증명"),
    html`<p class="note">봉인된 기록에서 정한 값으로 뽑았습니다. 각 파일은 공개 키만으로 garim verify 파일이름 --key 공개키 명령으로 확인할 수 있습니다.</p>`,
    layTable(
      [
        { heading: "기록 번호", cell: ({ seq }) => seq },
        { heading: "기록일시", cell: ({ at }) => koreanTime(at) },
        { heading: "취급자", cell: ({ actor }) => sayActor(actor) },
        { heading: "수행업무", cell: ({ action }) => ACTION_WORDS[action].ko },
        { heading: "증명", cell: ({ bundle, why }) => bundle ?? `증명하지 못함: ${why ?? ""}` },
      ],
      evidence.samples,
    ),
    heading("8. 파일"),
    html`<p class="note">모든 파일의 SHA-256은 manifest.json에 있고, manifest.json의 SHA-256은 접속기록에 남아 있습니다.</p>`,
    layTable([{ heading: "파일", cell: (path) => path }], files),
  ]);
}

function warningsOf({ verdict, damaged, samples, months }: Evidence): readonly Html[] {
  const observed = months.reduce((sum, month) => sum + month.observed, 0);
  const unproven = samples.filter(({ bundle }) => bundle === null).length;
  return [
    ...(verdict === null
      ? [html`<p class="bad">접속기록 전체를 검증하지 않고 만든 자료입니다.</p>`]
      : verdict.isIntact
        ? []
        : [html`<p class="bad">접속기록에서 훼손이 발견되었습니다.</p>`]),
    ...(observed > 0
      ? [
          html`<p class="bad">규칙을 적용하지 않고 관찰만 한 응답이 ${count(observed)}건 있습니다. 그 경로에는 원래 응답이 그대로 나갔으며, 이 자료의 증빙이 아닙니다.</p>`,
        ]
      : []),
    ...(damaged.length > 0 ? [html`<p class="bad">읽을 수 없는 접속기록이 있습니다.</p>`] : []),
    ...(unproven > 0 ? [html`<p class="bad">증명하지 못한 표본이 ${unproven}건 있습니다.</p>`] : []),
  ];
}

function verdictOf({ place, verdict }: CopyVerdict): Html {
  const { isIntact, first, damages, unlisted, proven, unsealed, destroyed } = verdict;
  const { records, until } = proven;
  return layFacts([
    ...(place === null ? [] : [["외부 사본", place] as const]),
    ["판정", isIntact ? "이상 없음" : "훼손됨"],
    ["증명된 기록", `${count(records)}건${until === null ? "" : `, ${until.place}번까지`}`],
    ["증명한 체크포인트", until?.moment === null || until === null ? "없음" : koreanTime(until.moment)],
    ["아직 증명되지 않은 기록", unsealed === null ? "없음" : `${unsealed.first}~${unsealed.last}번`],
    ["기록을 남기고 파기한 달", destroyed.map(({ month }) => month).join(", ") || "없음"],
    ["훼손", `${count(damages.length + unlisted)}건`],
    ["첫 훼손", first === null ? "없음" : `${first.seq}번 기록: ${first.what}`],
  ]);
}

function sourcesOf({ sources }: RuleInForce): Html {
  return html`${sources.map(({ id, basis, ko }) => html`<p>${ko} [${id}, ${BASIS[basis]}]</p>`)}`;
}

function numbersOf({ numbers }: RuleInForce): Html {
  return html`${numbers.map(
    ({ name, value, least, most, basis }) =>
      html`<p>${name} = ${value} (${least}~${most}, ${BASIS[basis]})</p>`,
  )}`;
}

function configurationOf({ policies, changes }: Evidence): readonly Html[] {
  return [
    heading("4. 적용된 설정"),
    html`<p class="note">각 접속기록에는 판단에 쓰인 정책 판과 강화한 값이 함께 남습니다. 아래는 기록에서 확인한 것입니다.</p>`,
    layTable(
      [
        { heading: "정책 판", cell: ({ edition }) => edition },
        { heading: "강화한 값", cell: ({ overrides }) => sayMembers(overrides) || "없음" },
        { heading: "기록", cell: ({ records }) => count(records) },
        { heading: "처음", cell: ({ first }) => sayPlace(first) },
        { heading: "마지막", cell: ({ last }) => sayPlace(last) },
      ],
      policies,
    ),
    html`<p>처리 기준 변경 기록</p>`,
    layTable(
      [
        { heading: "기록", cell: sayPlace },
        { heading: "변경한 사람", cell: ({ actor }) => sayActor(actor) },
        { heading: "내용", cell: ({ detail }) => sayMembers(detail) },
      ],
      changes,
    ),
  ];
}

function countsOf({ months, reviews }: Evidence): readonly Html[] {
  return [
    heading("5. 월별 건수"),
    layTable(
      [
        { heading: "월", cell: ({ month }) => month },
        { heading: "접속기록", cell: ({ records }) => count(records) },
        { heading: "개인정보 제공", cell: ({ answers }) => count(answers) },
        { heading: "관찰만 함(미적용)", cell: ({ observed }) => count(observed) },
        { heading: "거절", cell: ({ refused }) => count(refused) },
        { heading: "내려받기", cell: ({ downloads }) => count(downloads) },
      ],
      months,
    ),
    html`<p>스스로 알아챈 이상 징후</p>`,
    layTable(
      [
        { heading: "월", cell: ({ month }) => month },
        { heading: "사유", cell: ({ reason }) => sayReason(reason) },
        { heading: "건수", cell: (signal) => count(signal.count) },
      ],
      months.flatMap(({ month, signals }) => signals.map((signal) => ({ month, ...signal }))),
    ),
    heading("6. 점검"),
    layTable(
      [
        { heading: "점검 대상 월", cell: ({ month }) => month },
        {
          heading: "시작",
          cell: ({ begun }) =>
            begun === null ? "이 기간에 없음" : `${sayActor(begun.actor)}, ${sayPlace(begun)}`,
        },
        {
          heading: "지적사항",
          cell: ({ findings }) =>
            `${findings.length}건, 조치 중 ${findings.filter(({ isClosed }) => !isClosed).length}건`,
        },
        {
          heading: "서명",
          cell: ({ signed }) =>
            signed === null
              ? "이 기간에 없음"
              : `${sayActor(signed.actor)}, ${sayPlace(signed)}, SHA-256 ${signed.sha256}`,
        },
      ],
      reviews,
    ),
  ];
}

/** A record may name a reason that only a later edition knows. */
function sayReason(reason: string): string {
  return isReason(reason) ? REASONS[reason].because.ko : reason;
}

function isReason(reason: string): reason is Reason {
  return Object.hasOwn(REASONS, reason);
}

function sayMembers(members: Readonly<Record<string, string | number>>): string {
  return Object.entries(members)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
}

function sayPlace({ seq, at }: EvidencePlace): string {
  return `${seq}번, ${koreanTime(at)}`;
}

function sayActor({ kind, id, sellerId }: Actor): string {
  return `${ACTOR_WORDS[kind].ko} ${id}${sellerId === null ? "" : ` (${sellerId})`}`;
}

function heading(text: string): Html {
  return html`\n<h2>${text}</h2>\n`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
