import type { ShownBy } from "./shown.ts";

/** A register, and what a missing entry of it blocks over HTTP; or why none can be missing before somebody sees data. */
export interface RegisterRow {
  readonly ko: string;
  readonly en: string;
  /** What does not go without an entry that is complete and in force. */
  readonly blocks?: string;
  /** Where nothing is blocked: why. */
  readonly because?: string;
  readonly tests: readonly ShownBy[];
}

const DUTIES = "test/http/duties.test.ts";
const RIGHTS = "test/http/rights.test.ts";
const RETENTION = "test/http/retention-and-leaks.test.ts";

/** By its name at the desk (`garim.registers`), whose `register` has the agreements and the contracts. */
export const REGISTERS: Readonly<Record<string, RegisterRow>> = {
  flows: {
    ko: "제3자 제공, 위탁, 국외 이전",
    en: "Provision, outsourcing, transfers overseas",
    blocks:
      "every read, file and tool's answer of that seller; a file for a courier; a tool whose processor is abroad",
    tests: [
      [DUTIES, "lets no staff read, nor download, nor a tool, until each entry is there"],
      [DUTIES, "makes no file for a courier whose entry ended meanwhile, and gives none that is there"],
      [DUTIES, "lets a tool whose processor is abroad read only with"],
    ],
  },
  agreements: {
    ko: "API 이용 계약",
    en: "API agreements",
    blocks: "the tool",
    tests: [[DUTIES, "lets a tool read nothing whose agreement or contract is over"]],
  },
  contracts: {
    ko: "위탁 계약",
    en: "Outsourcing contracts",
    blocks: "the tool, of that seller",
    tests: [[DUTIES, "lets a tool read nothing of a seller it has no contract with"]],
  },
  education: {
    ko: "교육",
    en: "Education",
    blocks: "whoever has a course overdue, with `educationCondition: 1`",
    tests: [[DUTIES, "lets nobody read whose course is overdue, tells them before"]],
  },
  policies: {
    ko: "개인정보 처리방침",
    en: "Privacy policies",
    blocks: "the seller's staff, with `publicationCondition: 1`",
    tests: [[DUTIES, "lets staff of a seller without one read nothing"]],
  },
  schedules: {
    ko: "보유 기간표",
    en: "Retention schedules",
    blocks: "records of that kind, for everybody, with `scheduleCondition: 1`",
    tests: [[RETENTION, "is missing: nobody reads, downloads, nor a tool"]],
  },
  elevations: {
    ko: "임시 권한",
    en: "Roles lent for a time",
    blocks: "what the role would show",
    tests: [
      [RIGHTS, "show more once another person agreed, and less again by themselves"],
      [RIGHTS, "open downloads to whom they were lent, and to nobody once somebody ended them"],
    ],
  },
  retention: {
    ko: "파기와 보존 요청",
    en: "Destructions and legal holds",
    because:
      "a record of what became of data: there is nothing to have on file before somebody sees it. A hold blocks its destruction",
    tests: [[RETENTION, "is listed, done by an operator, confirmed by an auditor"]],
  },
  requests: {
    ko: "정보주체의 요구",
    en: "Buyers' requests",
    because:
      "it is the buyer who opens one, and stopping the seller's work would help nobody; what is late is told each day",
    tests: [["test/http/buyer-requests.test.ts", "is taken, due in ten days, answered by an operator"]],
  },
  leaks: {
    ko: "유출 대응",
    en: "Leaks",
    because:
      "its clocks run from knowing. It cannot be closed, nor its notice taken down, before what is due is done",
    tests: [[RETENTION, "goes from the scope to notices, posting and its end"]],
  },
  purges: {
    ko: "셀러툴의 파기 확인",
    en: "Tools' receipts",
    because:
      "a tool owes one after it read, by `purgeBy`; what is late is called for each day, and an operator may suspend the tool",
    tests: [["packages/duties/src/purge/purges.test.ts", "knows what is owed, soonest due first"]],
  },
  selfCheck: {
    ko: "자가점검",
    en: "Self-check",
    because: "it tells how the measures stand; what they are is enforced where each is",
    tests: [["test/http/self-check.test.ts", "answers what configuration, registers and log know"]],
  },
};
