import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { api } from "../../kit/api.ts";
import { useLoad } from "../../kit/load.tsx";
import { Time } from "../../kit/time.tsx";
import { numberText, wordsOf } from "../../kit/words.ts";
import { useBehind } from "./behind.ts";
import type { Status } from "./status.ts";

const say = wordsOf(
  {
    title: "접속기록 상태",
    records: (count: number) => `기록 ${numberText(count)}건`,
    signed: "마지막 서명",
    unsigned: "서명되지 않음",
    open: (count: number) => `아직 서명 안 됨 ${numberText(count)}건`,
    verified: "마지막 전체 검증",
    never: "전체 검증한 적 없음 (garim verify)",
    ok: "이상 없음",
    bad: "훼손 발견",
    ago: (text: string) => `${text} 전`,
    minutes: (count: number) => `${numberText(count)}분`,
    hours: (count: number) => `${numberText(count)}시간`,
    days: (count: number) => `${numberText(count)}일`,
    lagging: (count: number) => `복제본이 ${numberText(count)}건 뒤처져 있습니다`,
    behind: (count: number) =>
      `복제본이 ${numberText(count)}건 뒤처져 있어, 방금 기록은 아래에 없을 수 있습니다.`,
    unknown: "접속기록 상태를 알 수 없습니다",
  },
  {
    title: "How the log stands",
    records: (count) => `${numberText(count)} records`,
    signed: "last signed",
    unsigned: "not signed",
    open: (count) => `${numberText(count)} not signed yet`,
    verified: "last verified whole",
    never: "never verified whole (garim verify)",
    ok: "intact",
    bad: "DAMAGED",
    ago: (text) => `${text} ago`,
    minutes: (count) => `${numberText(count)} min`,
    hours: (count) => `${numberText(count)} h`,
    days: (count) => `${numberText(count)} d`,
    lagging: (count) => `the replica is ${numberText(count)} records behind`,
    behind: (count) => `The replica is ${numberText(count)} records behind: the newest may be missing below.`,
    unknown: "How the log stands cannot be told",
  },
);

/** A log is signed each minute at least, and verified once a month at least (ours). */
const LATE_SIGNED_MS = 300_000;
const LATE_VERIFIED_MS = 31 * 86_400_000;

/** How long what stands here is believed: a log is signed each minute, so what was told before that is old. */
const FRESH_MS = 60_000;

/** Always in sight: how far the log is signed, and when somebody verified all of it. */
export function StatusBar(): JSX.Element {
  const [load, reload] = useLoad((signal) =>
    api<Status>("GET", "auditor/status", undefined, { signal, stays: true }),
  );
  useEffect(() => {
    const timer = setInterval(() => document.hidden || reload(), FRESH_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (load.state === "ready") return <Told status={load.value} />;
  if (load.state === "failed") return <div class="log-status wrong">{say.unknown}</div>;
  return <div class="log-status soft">…</div>;
}

function Told({ status }: { readonly status: Status }): JSX.Element {
  const { records, checkpoint, verified, now } = status;
  const open = records - (checkpoint?.until ?? 0);
  const behind = useBehind();
  return (
    <section class="log-status" aria-label={say.title}>
      <span>{say.records(records)}</span>
      {checkpoint === null ? (
        <span class="wrong">{say.unsigned}</span>
      ) : (
        <span class={now - checkpoint.at > LATE_SIGNED_MS ? "wrong" : ""}>
          {say.signed} <Time at={checkpoint.at} /> ({age(now - checkpoint.at)})
        </span>
      )}
      {checkpoint !== null && open > 0 && <span>{say.open(open)}</span>}
      <Behind answer={behind} page={status.behind} />
      {verified === null ? (
        <span class="wrong">{say.never}</span>
      ) : (
        <span class={!verified.isIntact || now - verified.at > LATE_VERIFIED_MS ? "wrong" : ""}>
          {say.verified} <Time at={verified.at} /> ({age(now - verified.at)}):{" "}
          <strong>{verified.isIntact ? say.ok : say.bad}</strong>
        </span>
      )}
    </section>
  );
}

interface BehindProps {
  /** What the newest answer of the page lacked; `null` where none of its answers comes from a replica. */
  readonly answer: number | null;
  readonly page: number | null;
}

/** Where no answer lacks anything it is a note about the replica; where one does, about what stands below. */
function Behind({ answer, page }: BehindProps): JSX.Element | null {
  if (answer !== null && answer > 0)
    return (
      <strong class="wrong" role="status">
        {say.behind(answer)}
      </strong>
    );
  return answer === null && page !== null && page > 0 ? <span>{say.lagging(page)}</span> : null;
}

function age(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return say.ago(say.minutes(minutes));
  const hours = Math.floor(minutes / 60);
  return say.ago(hours < 48 ? say.hours(hours) : say.days(Math.floor(hours / 24)));
}
