import { koreanTime } from "@garim/audit";
import { REASONS, type Reason, type Words } from "@garim/policy";
import type { Summary, SummaryLine, WorkbookColumn } from "@garim/workbook";
import type { Ask } from "./ask.ts";
import type { DownloadCounts, DownloadEntry } from "./ledger/entry.ts";
import type { DownloadRoute } from "./route.ts";

/** What the first sheet is made of. */
interface SummaryFacts {
  readonly route: DownloadRoute;
  readonly ask: Ask;
  readonly entry: DownloadEntry;
}

/** How many rows are not as their records are, by reason. */
export interface ToldRows {
  readonly masked: ReadonlyMap<Reason, number>;
  readonly withheld: ReadonlyMap<Reason, number>;
  readonly counts: DownloadCounts;
}

const TITLE: Words = { ko: "구매자 개인정보 내려받기", en: "Download of buyers' personal data" };

/** Stars that are not said would be stored as real names. */
const WHY: WorkbookColumn = {
  key: "garim.masked",
  heading: { ko: "가림 사유", en: "Why masked" },
  width: 40,
};

const DUTIES: readonly Words[] = [
  {
    ko: "적힌 목적으로만 쓰고, 다른 사람에게 보내거나 공용 폴더에 두지 마십시오.",
    en: "Use it for the stated purpose only; do not send it on or put it where others can read it.",
  },
  {
    ko: "비밀번호를 파일과 같은 경로로 보내지 마십시오.",
    en: "Never send the password by the way the file goes.",
  },
  {
    ko: "목적을 다하면 바로, 늦어도 파기 기한까지 파기하고 내려받기 화면에서 파기를 확인하십시오.",
    en: "Destroy it once it has served, by the day above at the latest, and confirm so on the page of downloads.",
  },
  {
    ko: "가림 처리된 값은 원래 값이 아닙니다. 다시 저장하지 마십시오.",
    en: "Masked values are not the real ones; do not store them as such.",
  },
];

/** The columns of a file: the chosen fields, and why a row is masked. */
export function columnsOf(route: DownloadRoute, paths: readonly string[]): readonly WorkbookColumn[] {
  const columns = new Map(route.fields.map(({ path, column }) => [path, column]));
  return [...paths.flatMap((path) => columns.get(path) ?? []), WHY];
}

/**
 * The first sheet: who, when, purpose, fields, counts, destroy-by, id, duties.
 *
 * @source notice-2026-9/12
 */
export function summaryOf(
  { route, ask, entry }: SummaryFacts,
  { masked, withheld, counts }: ToldRows,
  destroyBy: number,
): Summary {
  const line = (ko: string, en: string, value: SummaryLine["value"]): SummaryLine => ({
    label: { ko, en },
    value,
  });
  const purpose = route.purposes.get(ask.purpose);
  const headings = columnsOf(route, ask.fields).slice(0, -1);
  const list = (language: keyof Words): string => headings.map(({ heading }) => heading[language]).join(", ");
  return {
    title: TITLE,
    lines: [
      line("내려받기 번호", "Download id", entry.id),
      line("내려받은 사람", "By", `${entry.staff} (${entry.seller})`),
      ...(entry.approver === null ? [] : [line("승인한 사람", "Agreed to by", entry.approver)]),
      line("요청일시", "Asked for at", new Date(entry.askedAt)),
      line("목적", "Purpose", { ko: purpose?.ko ?? ask.purpose, en: purpose?.en ?? ask.purpose }),
      line("사유", "Why", ask.why),
      line("항목", "Fields", { ko: list("ko"), en: list("en") }),
      line("조건", "Narrowed by", ask.filter),
      line("행 수", "Rows", counts.rows),
      line("정보주체 수", "Data subjects", counts.subjects),
      line("가림 처리된 행 수", "Rows with something masked", counts.masked),
      ...linesOf(masked, { ko: "가림", en: "Masked" }),
      line("제외된 행 수", "Rows left out", counts.withheld),
      ...linesOf(withheld, { ko: "제외", en: "Left out" }),
      line("파기 기한(한국 시간)", "To be destroyed by (Korean time)", koreanTime(destroyBy)),
      ...DUTIES.map((value, i) => line(`의무 ${i + 1}`, `Duty ${i + 1}`, value)),
    ],
  };
}

function linesOf(counts: ReadonlyMap<Reason, number>, what: Words): readonly SummaryLine[] {
  return [...counts].map(([reason, count]) => ({
    label: what,
    value: {
      ko: `${count.toLocaleString("ko-KR")}: ${REASONS[reason].because.ko}`,
      en: `${count.toLocaleString("en")}: ${REASONS[reason].because.en}`,
    },
  }));
}
