import { decideReview, type SourceId, type Words } from "@garim/policy";
import type { SelfCheckFacts } from "./self-check.ts";

/** What configuration, registers or log say to a question. */
interface Known {
  readonly isSo: boolean;
  readonly because: Words;
  /** What a person said after this moment goes before it: a sign in the log may have been looked into. UTC milliseconds. */
  readonly until?: number;
}

/** A question that a small seller or a marketplace must be able to answer about its measures. */
export interface Question {
  readonly id: string;
  readonly of: "seller" | "marketplace" | "both";
  readonly question: Words;
  readonly sources: readonly SourceId[];
  /** `null` where a person has to say. */
  readonly know: (facts: SelfCheckFacts) => Known | null;
  /** What to do where the answer is no, or nobody knows. */
  readonly next: Words;
}

const words = (ko: string, en: string): Words => ({ ko, en });
const known = (isSo: boolean, ko: string, en: string): Known => ({ isSo, because: words(ko, en) });
/** What the guard does by itself, as long as no route is only observed. */
const enforced = (isOn: boolean | null, ko: string, en: string): Known | null =>
  isOn === false
    ? known(
        false,
        "관찰만 하는 경로가 있어 적용되지 않습니다",
        "a route is only observed, so nothing of it is enforced",
      )
    : isOn && known(true, ko, en);
/** A switch nobody can see from here is asked about. */
const switched = (isOn: boolean | null, name: string): Known | null =>
  isOn === null
    ? null
    : known(isOn, `설정 ${name}: ${isOn ? "켜짐" : "꺼짐"}`, `option ${name}: ${isOn ? "on" : "off"}`);
const asked = (): null => null;
const ENFORCE = words(
  "관찰만 하는 경로를 적용으로 바꾸세요(dangerouslyObserve를 지움).",
  "Enforce the routes that are only observed: take dangerouslyObserve away.",
);

const RIGHTS: readonly Question[] = [
  {
    id: "least-privilege",
    of: "both",
    question: words(
      "담당자마다 업무에 필요한 권한만 주었습니까?",
      "Has each person only the rights the work needs?",
    ),
    sources: ["notice-2026-9/5-1"],
    know: ({ spareRoles, policy }) =>
      spareRoles === null
        ? null
        : known(
            spareRoles === 0,
            `${policy.dormantDays}일 동안 쓰지 않아 거둘 수 있는 역할이 있는 담당자 ${spareRoles}명`,
            `people with a role nobody used for ${policy.dormantDays} days: ${spareRoles}`,
          ),
    next: words(
      "쓰지 않는 권한 보고서(garim duties rights)에 나온 역할을 거두고, 잠시 필요한 권한은 임시로 주세요.",
      "Take the roles away that garim duties rights names, and lend what is needed for hours.",
    ),
  },
  {
    id: "own-accounts",
    of: "both",
    question: words("계정 하나를 한 사람만 쓰고 있습니까?", "Does one person alone use each account?"),
    sources: ["notice-2026-9/5-4"],
    // No sign of it proves nothing: a person has to say.
    know: ({ shared: { people, lastAt }, policy }) =>
      lastAt === null
        ? null
        : {
            ...known(
              false,
              `${policy.dormantDays}일 안에 함께 쓰는 징후가 있는 계정 ${people}개`,
              `accounts with signs of shared use within ${policy.dormantDays} days: ${people}`,
            ),
            until: lastAt,
          },
    next: words(
      "함께 쓰는 계정을 사람마다 나누고 비밀번호를 바꾼 뒤, 한 일을 적으세요.",
      "Give each person an account and change the shared password; then say here what was done.",
    ),
  },
  {
    id: "leavers",
    of: "both",
    question: words(
      "퇴사하거나 업무가 바뀐 사람의 계정을 그날 없앴습니까?",
      "Is the account of who leaves, or changes work, gone the same day?",
    ),
    sources: ["notice-2026-9/5-2"],
    know: asked,
    next: words(
      "담당자 화면에서 제외하세요. 접속이 바로 끊깁니다.",
      "Dismiss them: their sessions end at once.",
    ),
  },
];

const ACCESS: readonly Question[] = [
  {
    id: "second-factor",
    of: "both",
    question: words(
      "구매자 정보를 보기 전에 추가 인증을 합니까?",
      "Is a second factor proved before buyers' data is seen?",
    ),
    sources: ["notice-2026-9/6-2", "code-2022/second-factor"],
    know: ({ policy: { viewFreshMinutes, downloadFreshMinutes }, isOn }) =>
      enforced(
        isOn.enforced,
        `끌 수 없습니다. 조회 ${viewFreshMinutes}분, 내려받기 ${downloadFreshMinutes}분`,
        `cannot be off: ${viewFreshMinutes} min to view, ${downloadFreshMinutes} min to download`,
      ),
    next: ENFORCE,
  },
  {
    id: "idle",
    of: "both",
    question: words("쓰지 않는 접속을 끊습니까?", "Are idle sessions cut off?"),
    sources: ["notice-2026-9/6-4", "code-2022/idle"],
    know: ({ policy: { idleMinutes, absoluteHours } }) =>
      known(
        true,
        `${idleMinutes}분, 최대 ${absoluteHours}시간`,
        `${idleMinutes} min, ${absoluteHours} h at most`,
      ),
    next: words("해야 할 일이 없습니다.", "Nothing."),
  },
  {
    id: "lock",
    of: "both",
    question: words(
      "인증에 거듭 실패한 계정을 잠급니까?",
      "Are accounts locked after failed authentications?",
    ),
    sources: ["notice-2026-9/5-6"],
    know: ({ policy: { triesPerAccount } }) =>
      known(true, `${triesPerAccount}번`, `after ${triesPerAccount}`),
    next: words("해야 할 일이 없습니다.", "Nothing."),
  },
  {
    id: "addresses",
    of: "marketplace",
    question: words("IP 주소 등으로 접속을 제한합니까?", "Is access limited by address and the like?"),
    sources: ["notice-2026-9/6-1"],
    know: ({ isOn }) => switched(isOn.allowList, "allowList"),
    next: words(
      "allowList로 판매자와 운영자의 주소 목록을 연결하세요.",
      "Give the option allowList, so that sellers and operators may register their addresses.",
    ),
  },
  {
    id: "detection",
    of: "marketplace",
    question: words("유출 시도를 탐지하고 대응합니까?", "Are attempts to leak noticed and answered?"),
    sources: ["notice-2026-9/6-1"],
    know: ({ isOn }) => switched(isOn.watch, "watch"),
    next: words("watch를 켜고 알림을 받을 사람을 정하세요.", "Give the option watch, and name who is told."),
  },
];

const DATA: readonly Question[] = [
  {
    id: "masking",
    of: "both",
    question: words(
      "이용 목적이 끝난 개인정보를 가립니까?",
      "Is personal data masked once its purpose has ended?",
    ),
    sources: ["code-2022/mask"],
    know: ({ policy: { unconfirmedDays }, isOn }) =>
      enforced(
        isOn.enforced,
        `읽을 때마다 판단합니다. 확정하지 않으면 배송완료 ${unconfirmedDays}일 뒤`,
        `judged on each read; ${unconfirmedDays} days after delivery where nobody confirms`,
      ),
    next: ENFORCE,
  },
  {
    id: "copies",
    of: "both",
    question: words(
      "내려받은 파일과 출력물을 정한 곳에 두고, 쓴 뒤 파기합니까?",
      "Do downloaded files and prints lie where they should, and are they destroyed after use?",
    ),
    sources: ["notice-2026-9/12", "notice-2026-9/7-5"],
    know: ({ undestroyed }) =>
      undestroyed === 0
        ? null
        : known(
            false,
            `파기 기한이 지났는데 파기를 확인하지 않은 파일 ${undestroyed}개`,
            `files past their time that nobody said are destroyed: ${undestroyed}`,
          ),
    next: words(
      "내려받기 대장에서 파기하지 않은 파일을 확인하고 파기한 뒤 확인을 남기세요.",
      "Look in the ledger of downloads for files nobody destroyed; destroy them, and say so there.",
    ),
  },
  {
    id: "kept-apart",
    of: "both",
    question: words(
      "다른 법령이 보존하게 한 기록을 따로 보관하고, 기간이 지나면 파기합니까?",
      "Are records another law keeps stored apart, and destroyed when their time is over?",
    ),
    sources: ["pipa/21", "ecommerce/6"],
    know: ({ kept }) =>
      kept &&
      known(
        kept.overdue === 0,
        `보유 기간표 ${kept.schedules}건, 기한이 지났거나 판단할 수 없는 기록 ${kept.overdue}건`,
        `retention schedules: ${kept.schedules}; records overdue or unreadable: ${kept.overdue}`,
      ),
    next: words(
      "보존할 기록과 기간을 정하고 운영 데이터와 나누어 보관하세요.",
      "Decide which records are kept how long, and store them apart from data in use.",
    ),
  },
  {
    id: "machines",
    of: "both",
    question: words(
      "업무용 컴퓨터에 백신, 화면 잠금, 운영체제 업데이트가 되어 있습니까?",
      "Have the machines in use malware protection, a screen lock and updates?",
    ),
    sources: ["pipa/29"],
    know: asked,
    next: words(
      "컴퓨터마다 켜고 날짜를 적어 두세요.",
      "Switch them on, machine by machine, and note the date.",
    ),
  },
];

const RECORDS: readonly Question[] = [
  {
    id: "record",
    of: "both",
    question: words("접속기록을 남기고 보관합니까?", "Are access records made and kept?"),
    sources: ["notice-2026-9/8-1"],
    know: ({ policy: { recordYears }, isOn }) =>
      enforced(
        isOn.enforced,
        `기록하지 못하면 보여 주지 않습니다. ${recordYears}년`,
        `no record, no data; ${recordYears} years`,
      ),
    next: ENFORCE,
  },
  {
    id: "sealed",
    of: "marketplace",
    question: words(
      "접속기록이 바뀌면 드러나고, 사본이 다른 곳에 있습니까?",
      "Does a changed record show, and is there a copy elsewhere?",
    ),
    sources: ["notice-2026-9/8-1"],
    know: ({ isOn }) => switched(isOn.checkpoints, "checkpoints"),
    next: words(
      "checkpoints로 다른 곳에 서명한 사본을 두고 garim verify로 확인하세요.",
      "Give the option checkpoints a place elsewhere, and run garim verify.",
    ),
  },
  {
    id: "reviewed",
    of: "marketplace",
    question: words(
      "운영하지 않는 사람이 접속기록과 내려받기를 점검합니까?",
      "Does somebody who does not operate review access records and downloads?",
    ),
    sources: ["notice-2026-9/8-2"],
    know: ({ reviewedAt, loggedSince, policy, now }) => {
      if (loggedSince === null && reviewedAt === null) return null;
      const since = loggedSince ?? Number.NaN;
      // A month is reviewed after it is over: the last one signed may be of the month before.
      const { isOverdue } = decideReview({ since, reviewedAt }, now, policy);
      const last = reviewedAt === null ? null : new Date(reviewedAt).toISOString().slice(0, 10);
      return known(!isOverdue, `마지막 서명: ${last ?? "없음"}`, `signed last: ${last ?? "never"}`);
    },
    next: words(
      "garim review로 지난달을 점검하고 서명하세요.",
      "Review the last month with garim review, and sign it.",
    ),
  },
];

const PEOPLE: readonly Question[] = [
  {
    id: "officer",
    of: "both",
    question: words("개인정보 보호책임자를 정했습니까?", "Is there a privacy officer?"),
    sources: ["pipa/29"],
    know: asked,
    next: words(
      "책임자를 정하고 처리방침에 연락처를 적으세요.",
      "Name one, with contact data in the privacy policy.",
    ),
  },
  {
    id: "plan",
    of: "marketplace",
    question: words(
      "내부 관리계획을 세우고 시행합니까?",
      "Is there an internal management plan, and is it followed?",
    ),
    sources: ["pipa/29"],
    know: asked,
    next: words(
      "시스템이 이행하는 부분은 garim duties plan이 적어 줍니다. 나머지를 채워 승인받으세요.",
      "garim duties plan writes the part the system implements; add the rest, and have it approved.",
    ),
  },
  {
    id: "education",
    of: "both",
    question: words("담당자가 개인정보 보호 교육을 받았습니까?", "Were the staff educated?"),
    sources: ["code-2022/education"],
    know: ({ education: { courses, people, overdue } }) =>
      known(
        courses > 0 && overdue === 0,
        `교육 과정 ${courses}개, 담당자 ${people}명 가운데 기한 지남 ${overdue}명`,
        `${courses} courses; ${overdue} of ${people} people overdue`,
      ),
    next: words(
      "교육 과정을 등록하고, 기한이 지난 사람을 이수하게 하세요.",
      "File a course, and have it completed.",
    ),
  },
  {
    id: "breach",
    of: "both",
    question: words(
      "유출을 알면 누가 72시간 안에 알리고 신고하는지 정했습니까?",
      "Is it decided who notifies and reports within 72 hours of a leak?",
    ),
    sources: ["pipa/34-1", "pipa-decree/40"],
    know: asked,
    next: words(
      "담당자, 연락망, 신고처를 적고 한 번 연습해 보세요. 범위는 garim scope가 찾습니다.",
      "Write down who, whom to call and where to report, and practise once; garim scope finds how far it reaches.",
    ),
  },
];

const SHARING: readonly Question[] = [
  {
    id: "flows",
    of: "both",
    question: words(
      "개인정보를 누구에게 왜 보내는지 빠짐없이 등록했습니까?",
      "Is every way that personal data goes on file, with nothing missing?",
    ),
    sources: ["pipa/17", "pipa/26", "pipa/28-8"],
    know: ({ flows: { filed, incomplete } }) =>
      known(
        filed > 0 && incomplete === 0,
        `등록 ${filed}건, 막힌 것 ${incomplete}건`,
        `${filed} on file, nothing goes by ${incomplete}`,
      ),
    next: words(
      "garim duties flows에서 빠진 항목을 채우세요.",
      "Fill in what garim duties flows says is missing.",
    ),
  },
  {
    id: "supervision",
    of: "both",
    question: words(
      "수탁자(셀러툴, 택배사)를 감독하고 재위탁을 확인합니까?",
      "Are processors supervised, and whom they pass data on to?",
    ),
    sources: ["pipa/26"],
    know: ({ outsourced: { filed, unsupervised, late } }) =>
      unsupervised === 0 && late === 0
        ? null
        : known(
            false,
            `위탁 ${filed}건 가운데 감독 방법이 없는 것 ${unsupervised}건, 셀러툴이 파기를 확인하지 않은 주문 ${late}건`,
            `of ${filed} entries ${unsupervised} without supervision; orders that tools have not said are destroyed: ${late}`,
          ),
    next: words(
      "점검한 날과 결과를 계약마다 적으세요.",
      "Note for each contract when it was checked, and what came of it.",
    ),
  },
  {
    id: "privacy-policy",
    of: "both",
    question: words("개인정보 처리방침을 공개했습니까?", "Is the privacy policy published?"),
    sources: ["code-2022/privacy-policy"],
    know: ({ isPolicyPublished: is }) =>
      is === null
        ? null
        : known(
            is,
            is ? "공개한 판이 있습니다" : "공개한 판이 없습니다",
            is ? "there is one" : "there is none",
          ),
    next: words("초안을 확인해 공개하세요.", "Read the draft, and publish it."),
  },
  {
    id: "requests",
    of: "both",
    question: words(
      "구매자의 열람·정정·삭제·처리정지 요구에 기한 안에 답합니까?",
      "Are buyers' requests about their own data answered in time?",
    ),
    sources: ["pipa/35", "pipa/36", "pipa/37"],
    know: ({ requestsOverdue }) =>
      known(requestsOverdue === 0, `기한 지난 요구 ${requestsOverdue}건`, `overdue: ${requestsOverdue}`),
    next: words(
      "garim duties requests --open에 나온 요구에 답하세요.",
      "Answer what garim duties requests --open lists.",
    ),
  },
];

/** In the order of the notice. */
export const QUESTIONS: readonly Question[] = Object.freeze([
  ...PEOPLE,
  ...RIGHTS,
  ...ACCESS,
  ...DATA,
  ...RECORDS,
  ...SHARING,
]);
