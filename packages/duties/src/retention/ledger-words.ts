import type { Language } from "@garim/policy";
import type { EndStep } from "./due.ts";

/** The words of the ledger. */
export interface LedgerWords {
  readonly title: string;
  readonly company: string;
  readonly made: string;
  readonly note: string;
  readonly id: string;
  readonly recordType: string;
  readonly step: string;
  readonly steps: Readonly<Record<EndStep, string>>;
  readonly records: string;
  readonly ended: string;
  readonly method: string;
  readonly finished: string;
  readonly unfinished: string;
  readonly by: string;
  readonly confirmed: string;
  readonly owedByTools: string;
  readonly list: string;
  readonly due: string;
  readonly overdue: string;
}

export const LEDGER_WORDS: Readonly<Record<Language, LedgerWords>> = Object.freeze({
  ko: {
    title: "개인정보 파기 관리대장",
    company: "회사",
    made: "작성일시",
    note: "목록 해시는 파기한 기록 번호를 정렬한 JSON 목록의 SHA-256입니다. 같은 해시가 접속기록에 파기 전과 후에 남아 있습니다.",
    id: "번호",
    recordType: "기록 종류",
    step: "구분",
    steps: { separate: "분리 보관", destroy: "파기" },
    records: "건수",
    ended: "목적이 끝난 때",
    method: "방법",
    finished: "처리일시",
    unfinished: "마치지 못함",
    by: "처리자",
    confirmed: "확인",
    owedByTools: "셀러툴 미회신",
    list: "목록 해시",
    due: "기한",
    overdue: "기한 지남",
  },
  en: {
    title: "Ledger of destroyed personal data",
    company: "Company",
    made: "Written",
    note: "The hash of the list is the SHA-256 of the JSON list of the sorted record ids. The access log has the same hash before and after the destruction.",
    id: "Id",
    recordType: "Kind of record",
    step: "Step",
    steps: { separate: "stored apart", destroy: "destroyed" },
    records: "Records",
    ended: "Purpose ended",
    method: "How",
    finished: "Done",
    unfinished: "not finished",
    by: "By",
    confirmed: "Confirmed",
    owedByTools: "Owed by tools",
    list: "Hash of the list",
    due: "due",
    overdue: "overdue",
  },
});
