import { REASONS, type Reason } from "@garim/policy";
import type { Actor } from "../access.ts";
import type { DamagedRecord } from "../ask/page.ts";
import { ACTION_WORDS } from "../words/actions.ts";
import { DAMAGE_WORDS } from "../words/damage.ts";
import { ACTOR_WORDS } from "../words/kinds.ts";
import { koreanTime } from "../words/korean-time.ts";
import type { ReviewAccount } from "./account.ts";
import { type Html, html } from "./html.ts";
import { layFacts, layPage, layTable, type PageColumn } from "./page.ts";
import type { ShownReview } from "./review-desk.ts";
import type { Finding } from "./state.ts";
import type { Listed, WatchedActor, WatchedPlace } from "./watch.ts";

/**
 * Writes a month's review as a page in Korean, for print on A4 and for screens: what was looked at, what was found, who signed. It
 * loads nothing, and whatever stands in the log is text in it.
 *
 * @source notice-2026-9/8-2
 */
export function writeReviewReport({ account, state, isAsSigned, file }: ShownReview): string {
  const { month, watch } = account;
  return layPage(`접속기록 점검 보고서 ${month}`, [
    ...warningsOf(account, isAsSigned),
    heading("1. 점검 개요"),
    overviewOf(account, state.signed, file.sha256),
    ...watchOf(account),
    heading("13. 표본"),
    note(
      `월말 체크포인트에서 정한 값으로 뽑은 ${watch.sample.length}건입니다. 누구도 고를 수 없고, 접속기록으로 다시 뽑아 볼 수 있습니다.`,
    ),
    layTable(
      [
        ...PLACE,
        ACTOR,
        { heading: "수행업무", cell: ({ action }) => ACTION_WORDS[action].ko },
        { heading: "접속지", cell: ({ ip }) => ip },
        { heading: "경로", cell: ({ route }) => route },
        { heading: "목적", cell: ({ purpose }) => purpose ?? "없음" },
        { heading: "처리 건수", cell: ({ records }) => count(records) },
      ],
      watch.sample,
    ),
    heading("14. 지적사항과 후속 조치"),
    layTable(FINDING, state.findings),
    heading("15. 서명"),
    signatureOf(state.signed, isAsSigned),
  ]);
}

function warningsOf({ watch }: ReviewAccount, isAsSigned: boolean | null): readonly Html[] {
  return [
    ...(watch.damaged.rows.length > 0
      ? [
          html`<p class="bad">읽을 수 없는 접속기록이 있습니다. garim verify로 확인하기 전에는 믿지 마십시오.</p>`,
        ]
      : []),
    ...(isAsSigned === false
      ? [html`<p class="bad">지금의 접속기록에서 나온 내용이 서명된 내용과 다릅니다.</p>`]
      : []),
    ...(watch.isWhole
      ? []
      : [html`<p class="bad">취급자나 정보주체가 너무 많아 일부는 세지 못했습니다.</p>`]),
  ];
}

function overviewOf(
  { month, from, to, begun, watch }: ReviewAccount,
  signed: ShownReview["state"]["signed"],
  sha256: string,
): Html {
  return layFacts([
    ["점검 대상 월", month],
    ["기간", `${koreanTime(from)} ~ ${koreanTime(to)} 전까지 (기록일시)`],
    ["점검 시작", `${koreanTime(begun.at)}, ${sayActor(begun.actor)}, 기록 ${begun.seq}번`],
    ["상태", signed === null ? "점검 중 (서명 전)" : "서명 완료"],
    [
      "접속기록",
      `${count(watch.records)}건, 개인정보를 제공한 응답 ${count(watch.answers)}건, 취급자 ${count(watch.actors)}명`,
    ],
    [
      "관찰만 한 응답",
      watch.observed === undefined
        ? "없음"
        : `${count(watch.observed)}건: 규칙을 적용하지 않아 원래 응답이 그대로 나갔습니다`,
    ],
    [
      "표본 값",
      `${begun.seed} (${begun.size === 0 ? "봉인되지 않은 기록의 마지막 묶음" : `체크포인트 크기 ${count(begun.size)}`})`,
    ],
    ["점검 내용 SHA-256", sha256],
  ]);
}

function watchOf({ watch, limits }: ReviewAccount): readonly Html[] {
  const counted = (name: string, listed: Listed<WatchedActor>): Html =>
    layTable(
      [ACTOR, { heading: name, cell: (row: WatchedActor) => count(row.count) }, ...FIRST],
      listed.rows,
      listed.more,
    );
  return [
    heading("2. 내려받기와 사유"),
    note(
      `모두 ${count(watch.downloads.rows.length + watch.downloads.more)}건, 그중 목적이 없는 것 ${count(watch.withoutPurpose)}건`,
    ),
    layTable(
      [
        ...PLACE,
        ACTOR,
        { heading: "처리 건수", cell: ({ records }) => count(records) },
        { heading: "목적", cell: ({ purpose }) => purpose ?? html`<strong>없음</strong>` },
        { heading: "거절 사유", cell: ({ reason }) => sayReason(reason) },
        { heading: "파일 SHA-256", cell: ({ file }) => file?.sha256 ?? "" },
      ],
      watch.downloads.rows,
      watch.downloads.more,
    ),
    note("파기 기한이 지났으나 파기가 확인되지 않은 파일"),
    layTable(
      [...PLACE, ACTOR, { heading: "파기 기한", cell: ({ dueAt }) => koreanTime(dueAt) }],
      watch.undestroyed.rows,
      watch.undestroyed.more,
    ),
    heading("3. 업무시간 외 접속"),
    note(
      "22시부터 6시까지와 토·일요일(한국시간)에 사람이 개인정보를 본 응답입니다. 공휴일은 구분하지 않습니다. 당사 기준입니다.",
    ),
    counted("응답", watch.offHours),
    heading("4. 평소보다 많은 처리"),
    note(
      `${count(limits.volumeFrom)}건 이상이고 앞선 석 달 중앙값의 ${limits.volumeTimes}배를 넘는 취급자입니다. 당사 기준입니다.`,
    ),
    layTable(
      [
        ACTOR,
        { heading: "이번 달 처리 건수", cell: ({ records }) => count(records) },
        { heading: "앞선 달 중앙값", cell: ({ median }) => (median === null ? "기록 없음" : count(median)) },
      ],
      watch.volume.rows,
      watch.volume.more,
    ),
    heading("5. 많은 정보주체"),
    note(`서로 다른 정보주체를 ${count(limits.manySubjects)}명 이상 처리한 취급자입니다. 당사 기준입니다.`),
    counted("정보주체", watch.subjects),
    heading("6. 한 건씩 잇따른 조회"),
    note(
      `한 건짜리 응답이 ${limits.rowMs / 60_000}분 안에 ${limits.rowLength}회 이상 이어진 경우입니다. 주문번호가 차례로 이어지는지는 가명만으로는 알 수 없습니다. 당사 기준입니다.`,
    ),
    counted("횟수", watch.rows),
    heading("7. 처음 보는 접속지"),
    layTable(
      [ACTOR, { heading: "접속지", cell: ({ ip }) => ip }, ...FIRST],
      watch.networks.rows,
      watch.networks.more,
    ),
    heading("8. 이상 징후와 휴면 권한 사용"),
    layTable(
      [
        ...PLACE,
        ACTOR,
        { heading: "구분", cell: ({ action }) => ACTION_WORDS[action].ko },
        { heading: "내용", cell: ({ reason }) => sayReason(reason) },
      ],
      watch.signals.rows,
      watch.signals.more,
    ),
    heading("9. 거절된 요청"),
    layTable(
      [
        ACTOR,
        { heading: "수행업무", cell: ({ action }) => ACTION_WORDS[action].ko },
        { heading: "사유", cell: ({ reason }) => sayReason(reason) },
        { heading: "횟수", cell: (row) => count(row.count) },
        ...FIRST,
      ],
      watch.refused.rows,
      watch.refused.more,
    ),
    heading("10. 권한과 처리 기준의 변경"),
    layTable(
      [
        { heading: "수행업무", cell: ({ action }) => ACTION_WORDS[action].ko },
        { heading: "횟수", cell: (row) => count(row.count) },
      ],
      watch.rights.rows,
      watch.rights.more,
    ),
    heading("11. 접속기록을 조회한 사람"),
    counted("횟수", watch.auditors),
    heading("12. 기록 공백과 훼손"),
    note(`기록할 수 없어 거절한 응답 ${count(watch.gaps)}회`),
    layTable(
      [
        { heading: "기록 번호", cell: ({ seq }) => seq },
        { heading: "내용", cell: sayDamage },
      ],
      watch.damaged.rows,
      watch.damaged.more,
    ),
  ];
}

function signatureOf(signed: ShownReview["state"]["signed"], isAsSigned: boolean | null): Html {
  if (signed === null) return html`<p>아직 서명되지 않았습니다. 운영 담당이 아닌 사람이 서명해야 합니다.</p>`;
  return layFacts([
    ["서명한 사람", sayActor(signed.actor)],
    ["서명일시", koreanTime(signed.at)],
    ["서명 기록", `${signed.seq}번`],
    ["서명한 점검 내용 SHA-256", signed.sha256],
    ["지금의 접속기록과 대조", isAsSigned === true ? "일치" : "불일치"],
  ]);
}

const ACTOR: PageColumn<{ readonly actor: Actor }> = {
  heading: "취급자",
  cell: ({ actor }) => sayActor(actor),
};

const PLACE: readonly PageColumn<WatchedPlace>[] = [
  { heading: "기록 번호", cell: ({ seq }) => seq },
  { heading: "일시", cell: ({ at }) => koreanTime(at) },
];

const FIRST: readonly PageColumn<WatchedPlace>[] = [
  { heading: "첫 기록", cell: ({ seq, at }) => `${seq}번, ${koreanTime(at)}` },
];

const FINDING: readonly PageColumn<Finding>[] = [
  { heading: "번호", cell: ({ seq }) => seq },
  { heading: "지적사항", cell: ({ what, about }) => (about === null ? what : `${what} (기록 ${about}번)`) },
  { heading: "찾은 사람", cell: ({ actor, at }) => `${sayActor(actor)}, ${koreanTime(at)}` },
  { heading: "조치 담당", cell: ({ owner }) => owner },
  {
    heading: "후속 조치",
    cell: ({ followUps }) =>
      html`${followUps.map(({ at, actor, what }) => html`<p>${koreanTime(at)} ${sayActor(actor)}: ${what}</p>`)}`,
  },
  { heading: "상태", cell: ({ isClosed }) => (isClosed ? "조치 완료" : "조치 중") },
];

function heading(text: string): Html {
  return html`\n<h2>${text}</h2>\n`;
}

function note(text: string): Html {
  return html`<p class="note">${text}</p>\n`;
}

function sayActor({ kind, id, sellerId }: Actor): string {
  const seller = sellerId === null ? "" : ` (${sellerId})`;
  return `${ACTOR_WORDS[kind].ko} ${id}${seller}`;
}

function sayDamage({ kind, column }: DamagedRecord): string {
  return column === undefined ? DAMAGE_WORDS[kind].ko : `${DAMAGE_WORDS[kind].ko} (${column})`;
}

function sayReason(reason: Reason | null): string {
  return reason === null ? "" : REASONS[reason].because.ko;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
