import { html, koreanTime, layFacts, layPage, layTable } from "@garim/audit";
import { REASONS } from "@garim/policy";
import type { Destruction } from "./destruction.ts";

/** What stands on the ledger besides the destructions. */
export interface LedgerFacts {
  /** Whose ledger it is. */
  readonly company: string;
  /** UTC milliseconds. */
  readonly madeAt: number;
}

const STEP: Readonly<Record<Destruction["step"], string>> = { separate: "분리 보관", destroy: "파기" };

/**
 * Writes destructions as the ledger (개인정보 파기 관리대장) a regulator asks for: a page in Korean that loads and runs nothing.
 *
 * @source pipa/21
 */
export function writeLedger(destructions: readonly Destruction[], { company, madeAt }: LedgerFacts): string {
  return layPage("개인정보 파기 관리대장", [
    layFacts([
      ["회사", company],
      ["작성일시", koreanTime(madeAt)],
    ]),
    html`<p class="note">목록 해시는 파기한 기록 번호를 정렬한 JSON 목록의 SHA-256입니다. 같은 해시가 접속기록에 파기 전과 후에 남아 있습니다.</p>`,
    layTable(
      [
        { heading: "번호", cell: ({ id }) => id },
        { heading: "기록 종류", cell: ({ recordType }) => recordType },
        { heading: "구분", cell: ({ step }) => STEP[step] },
        { heading: "건수", cell: ({ records }) => String(records) },
        { heading: "목적이 끝난 때", cell: sayEnds },
        {
          heading: "방법",
          cell: ({ step, method, apartIn }) => (step === "separate" ? (apartIn ?? "") : method),
        },
        { heading: "처리일시", cell: ({ finishedAt }) => sayMoment(finishedAt, "마치지 못함") },
        { heading: "처리자", cell: ({ by }) => by },
        { heading: "확인", cell: sayConfirmation },
        { heading: "셀러툴 미회신", cell: ({ owedByTools }) => String(owedByTools) },
        { heading: "목록 해시", cell: ({ list }) => list },
      ],
      destructions,
    ),
  ]);
}

function sayEnds({ endedFrom, endedTo }: Destruction): string {
  return endedFrom === null || endedTo === null ? "" : `${koreanTime(endedFrom)} ~ ${koreanTime(endedTo)}`;
}

function sayConfirmation({ confirmedAt, confirmedBy, note, duty }: Destruction): string {
  if (confirmedAt !== null) return `${koreanTime(confirmedAt)} ${confirmedBy ?? ""}: ${note ?? ""}`;
  return duty?.kind === "duty"
    ? `${REASONS[duty.reason].because.ko} 기한 ${koreanTime(duty.dueAt)}${duty.isOverdue ? " (기한 지남)" : ""}`
    : "";
}

function sayMoment(at: number | null, otherwise: string): string {
  return at === null ? otherwise : koreanTime(at);
}
