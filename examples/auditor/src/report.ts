import {
  ACTION_WORDS,
  DAMAGE_WORDS,
  type DamagedRecord,
  koreanTime,
  type LogEntry,
  OUTCOME_WORDS,
  type Page,
} from "@garim/audit";
import { REASONS } from "@garim/policy";
import type { Findings, Proof } from "./month.ts";
import type { OffHours } from "./report-sink.ts";
import type { Settings } from "./settings.ts";

/** Everything the report tells. */
export interface Report extends Findings {
  readonly offHours: readonly OffHours[];
}

type Cell = string | number | null;

const COLUMNS = ["번호", "접속일시", "취급자", "판매자", "수행업무", "결과", "목적", "접속지"];

/** The month's report in Korean, as Markdown. @param now - UTC milliseconds */
export function formatReport(report: Report, settings: Settings, now: number): string {
  const { seen, withoutPurpose, refused, offHours } = report;
  const { month, auditor, buyer } = settings;
  const people = offHours.map(({ actor, seller, answers, first }) => [actor, seller, answers, time(first)]);
  return `${[
    `# 접속기록 월간 점검: ${month}`,
    `점검자 ${plain(auditor)}, 작성 ${time(now)} (한국 시각)`,
    "## 1. 기록이 온전한가",
    ...formatVerdict(report, settings),
    ...(seen === null ? [] : [`## 2. 구매자 ${plain(buyer ?? "")}의 정보를 본 사람`, ...formatPage(seen)]),
    "## 3. 목적을 밝히지 않은 내려받기",
    ...formatPage(withoutPurpose),
    "## 4. 거절된 접근",
    ...formatPage(refused),
    "## 5. 근무 시간 밖의 열람 (평일 7~21시 밖, 공휴일은 따로 확인)",
    formatTable(["취급자", "판매자", "열람", "처음"], people),
    "## 6. 점검 의견과 조치",
    "- 의견:\n- 조치와 기한:\n- 확인(운영 부서가 아닌 사람):",
  ].join("\n\n")}\n`;
}

function formatVerdict({ verdict, proof }: Report, { isKeyHandedOver }: Settings): readonly string[] {
  const { isIntact, proven, unsealed, damages, unlisted } = verdict;
  const lines = [
    isIntact ? "- 이상 없음" : `- **손상됨: ${damages.length + unlisted}건**`,
    `- 외부 체크포인트로 증명된 기록 ${proven.records}건 (${proven.until?.place ?? 0}번까지)`,
    ...(unsealed === null ? [] : [`- 아직 체크포인트에 들지 않은 기록 ${unsealed.first}~${unsealed.last}번`]),
    ...damages.map(({ kind, seq, what }) => `- **${seq}번 기록, ${DAMAGE_WORDS[kind].ko}**: ${plain(what)}`),
    ...(proof === null ? [] : [formatProof(proof)]),
    ...(isKeyHandedOver
      ? []
      : ["- 주의: 공개키를 마켓의 키 파일에서 읽었습니다. 따로 전달받은 공개키로 다시 확인하십시오."]),
  ];
  return [lines.join("\n")];
}

function formatProof({ seq, file, verdict }: Proof): string {
  if (!verdict.isProven) return `- **${seq}번 기록을 증명할 수 없음**: ${plain(verdict.why)}`;
  return `- ${seq}번 기록의 증명 ${file}: 데이터베이스 없이 공개키만으로 확인됨`;
}

function formatPage({ entries, damaged, next }: Page): readonly string[] {
  return [
    ...(damaged.length === 0 ? [] : [damaged.map(formatDamaged).join("\n")]),
    formatTable(COLUMNS, entries.map(cellsOf)),
    ...(next === null ? [] : [`이보다 앞선 기록이 더 있습니다 (${next}번 앞).`]),
  ];
}

function formatDamaged({ seq, why }: DamagedRecord): string {
  return `- **훼손된 기록 ${seq}번**: ${plain(why)}`;
}

function cellsOf({ seq, access }: LogEntry): readonly Cell[] {
  const { at, actor, action, outcome, reason, purpose, origin } = access;
  const because = reason === null ? "" : `: ${REASONS[reason].because.ko}`;
  const done = ACTION_WORDS[action].ko;
  return [
    seq,
    time(at),
    actor.id,
    actor.sellerId,
    done,
    OUTCOME_WORDS[outcome].ko + because,
    purpose,
    origin.ip,
  ];
}

function formatTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return "없음";
  const lines = [headings, headings.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => plain(String(cell ?? ""))).join(" | ")} |`).join("\n");
}

/** What somebody typed must neither break a table nor become markup. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, " ").replace(/[\\`*_[\]<>|#&!~]/g, (sign) => `\\${sign}`);
}

function time(at: number): string {
  return koreanTime(at).slice(0, 16).replace("T", " ");
}
