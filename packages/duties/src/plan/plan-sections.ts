import { KIND_WORDS, type Policy, type RoleRule, type SourceId } from "@garim/policy";

/** One part of the plan: what is done, by which rules. */
export interface PlanSection {
  readonly title: string;
  readonly sources: readonly SourceId[];
  /** What the host has to have switched on for it. */
  readonly needs?: "watch" | "duties";
  /** Sentences with the numbers in force. */
  readonly say: (policy: Policy) => readonly string[];
}

const ROLE_WORDS: Readonly<Record<string, string>> = {
  viewer: "조회 담당",
  shipper: "발송 담당",
  claims: "클레임 담당",
  downloader: "내려받기 담당",
  owner: "대표 관리자",
};

/** The parts of an internal management plan (내부 관리계획) that the configuration implements, in the order of the notice. */
export const PLAN_SECTIONS: readonly PlanSection[] = Object.freeze([
  {
    title: "접근 권한의 관리",
    sources: [
      "notice-2026-9/5-1",
      "notice-2026-9/5-2",
      "notice-2026-9/5-3",
      "notice-2026-9/5-4",
      "garim/elevation",
    ],
    say: ({ edition, dormantDays, rightsYears, elevationHours }) => [
      "계정은 한 사람이 하나씩 쓰고, 권한은 업무에 필요한 만큼만 줍니다. 정하지 않은 권한은 없는 것으로 봅니다.",
      ...Object.entries(edition.roles).map(([name, rule]) => sayRole(name, rule)),
      `더 많은 권한이 잠시 필요하면 다른 사람의 승인을 받아 최대 ${elevationHours}시간 동안만 쓰고, 시간이 지나면 저절로 끝납니다.`,
      `${dormantDays}일 동안 쓰지 않은 계정의 권한을 말소합니다. 업무에서 제외된 사람의 접속은 바로 끊습니다.`,
      `권한을 주고 바꾸고 말소한 내역을 ${rightsYears}년 동안 보관합니다.`,
    ],
  },
  {
    title: "인증과 접속 차단",
    sources: [
      "notice-2026-9/6-2",
      "code-2022/second-factor",
      "notice-2026-9/5-6",
      "notice-2026-9/6-4",
      "garim/absolute",
    ],
    say: (policy) => [
      `구매자 정보를 보기 전에 추가 인증을 합니다. 조회에는 ${policy.viewFreshMinutes}분, 내려받기에는 ${policy.downloadFreshMinutes}분, ${policy.bulkRows}건이 넘는 내려받기에는 ${policy.bulkFreshMinutes}분, 인증 수단과 권한의 변경에는 ${policy.manageFreshMinutes}분 안의 인증만 인정합니다.`,
      `새로운 기기에서는 다시 인증하고, 네트워크가 바뀌면 앞선 인증이 ${policy.networkFreshMinutes}분을 넘었을 때 다시 인증합니다.`,
      `한 인증 요청에 ${policy.triesPerChallenge}번, 한 계정에 ${policy.triesPerAccount}번 틀리면 ${policy.lockMinutes}분부터 최대 ${policy.lockMostMinutes}분까지 잠그고, ${policy.triesPerFactor}번 틀린 인증 수단은 정지합니다.`,
      `${policy.idleMinutes}분 동안 쓰지 않거나 ${policy.absoluteHours}시간이 지나면 접속을 끊고, 처음과 같이 로그인하게 합니다.`,
    ],
  },
  {
    title: "접속 제한과 유출 시도의 탐지",
    sources: ["notice-2026-9/6-1"],
    needs: "watch",
    say: (policy) => [
      "셀러툴은 등록한 IP 주소에서만 접속합니다. 판매자와 운영자는 목록을 등록하면 그 주소에서만 접속합니다.",
      `한 사람이 한 시간에 ${policy.watchHourRecords}건이나 하루에 ${policy.watchDaySubjects}명을 넘게, 그리고 평소의 ${policy.watchTimes}배를 넘게 보면 다시 인증하게 합니다. 처음 ${policy.watchNewDays}일 동안은 이 숫자의 ${policy.watchNewTimes}배부터입니다.`,
      `밤에 일한 날이 ${policy.watchNights}일이 안 되는 사람이 밤에 ${policy.watchNightSubjects}명을, 처음 보는 네트워크이거나 ${policy.watchDormantDays}일 만에 돌아온 첫날에 ${policy.watchNewSubjects}명(평소 ${policy.watchUsualDays}일 치)을 넘게 보아도 같습니다.`,
      `한 키나 네트워크가 하루에 ${policy.watchUsers}개가 넘는 계정을 계정마다 ${policy.watchEachRecords}건 이하로 보거나, ${policy.watchStep} 이하로 떨어진 번호를 ${policy.watchPauseMinutes}분 안에 이어서 ${policy.watchRun}개 훑으면 ${policy.watchThrottleMinutes}분 동안 ${policy.watchPaceSeconds}초에 한 번만 답합니다.`,
      `한 계정이 ${policy.watchFailureMinutes}분에 ${policy.watchFailures}번 인증에 실패하면 알립니다.`,
    ],
  },
  {
    title: "표시 제한",
    sources: ["code-2022/mask", "pipa/21", "ecommerce/17-3"],
    say: ({ unconfirmedDays, claimDays }) => [
      `구매확정, 취소 완료, 반품 완료 가운데 가장 이른 때부터, 확정하지 않으면 배송완료 ${unconfirmedDays}일 뒤부터 구매자 정보를 가립니다.`,
      `구매자나 운영자가 연 클레임에 필요한 항목만, 닫힐 때까지 최대 ${claimDays}일 동안 다시 보여 줍니다.`,
    ],
  },
  {
    title: "내려받기와 출력물",
    sources: ["code-2022/download", "notice-2026-9/7-5", "notice-2026-9/12", "garim/download"],
    say: (policy) => [
      `거래가 끝나고 ${policy.downloadDays}일(24시간 단위)이 지나면 내려받을 수 없습니다.`,
      "파일은 비밀번호로 암호화하고, 목적을 적고 항목을 고르게 하며, 대장에 남깁니다.",
      `하루에 한 사람이 ${policy.staffDayRows}건 또는 ${policy.staffDaySubjects}명, 한 판매자가 ${policy.sellerDayRows}건 또는 ${policy.sellerDaySubjects}명을 넘으면 다른 사람의 승인(${policy.approvalHours}시간 유효)을 받습니다.`,
      `파일은 ${policy.linkMinutes}분 안에 한 번만 받을 수 있고, ${policy.fileDays}일 안에 파기합니다.`,
    ],
  },
  {
    title: "접속기록의 보관과 점검",
    sources: ["notice-2026-9/8-1", "notice-2026-9/8-2"],
    say: (policy) => [
      `정보주체가 아닌 모든 접속자의 접속기록을 ${policy.recordYears}년 보관합니다. 정보주체가 ${policy.raisedFromSubjects}명 이상이거나 고유식별정보·민감정보가 있으면 적어도 ${policy.raisedRecordYears}년 보관합니다.`,
      `운영하지 않는 사람이 접속기록과 내려받기를 ${policy.reviewMonths}개월마다 점검하고 결과를 남깁니다.`,
      "접속기록은 서명하여 데이터베이스 밖에 함께 두고, 위조나 누락이 드러나게 합니다.",
    ],
  },
  {
    title: "셀러툴 연동과 위탁",
    sources: ["code-2022/tool", "toolcode-2022/grant", "pipa/26"],
    say: ({ grantDays }) => [
      `판매자와 셀러툴마다 연동 동의를 따로 받고 최대 ${grantDays}일 동안만 인정합니다. API 이용 계약과 위탁 계약이 없으면 개인정보를 주지 않습니다.`,
    ],
  },
  {
    title: "제3자 제공, 처리 위탁, 국외 이전의 관리",
    sources: ["pipa/17", "pipa/26", "pipa/28-8"],
    needs: "duties",
    say: () => [
      "개인정보가 가는 모든 길을 구분과 근거와 함께 등록합니다. 등록하지 않았거나 빠진 항목이 있으면 개인정보를 보내지 않습니다.",
    ],
  },
  {
    title: "교육과 처리방침",
    sources: ["code-2022/education", "code-2022/privacy-policy"],
    needs: "duties",
    say: (policy) => [
      `판매자 담당자는 처음 ${policy.educationGraceDays}일 안에, 이후 ${policy.educationMonths}개월마다 개인정보 보호 교육을 받습니다.`,
      policy.educationCondition === 1
        ? "기한이 지난 교육이 있으면 구매자 정보를 볼 수 없습니다."
        : "교육의 기한이 지나면 알리고 기록합니다.",
      policy.publicationCondition === 1
        ? "처리방침을 공개하지 않은 판매자의 담당자는 구매자 정보를 볼 수 없습니다."
        : "판매자는 처리방침을 공개하고 이전 판을 함께 보여 줍니다.",
    ],
  },
  {
    title: "파기와 분리 보관",
    sources: ["pipa/21", "ecommerce/6", "electronic-finance/records"],
    say: ({ destroyDays, scheduleCondition, edition: { keeps } }) => [
      `필요 없어진 개인정보는 ${destroyDays}일 안에 파기하고 개인정보 보호책임자가 결과를 확인합니다.`,
      `다른 법령이 정한 기록은 따로 보관합니다: 계약·청약철회 ${keeps.contract.months / 12}년, 대금 결제·공급 ${keeps.payment.months / 12}년, 분쟁 처리 ${keeps.dispute.months / 12}년, 표시·광고 ${keeps.advertising.months}개월, 전자금융거래 ${keeps.electronicPayment.months / 12}년.`,
      scheduleCondition === 1
        ? "기록 종류마다 보유 기간과 파기 방법을 등록하고, 등록하지 않은 종류의 기록은 보여 주지 않습니다."
        : "기록 종류마다 보유 기간과 파기 방법을 등록하고, 파기 내역을 기록합니다.",
    ],
  },
  {
    title: "정보주체의 요구",
    sources: ["pipa/35", "pipa/36", "pipa/37"],
    needs: "duties",
    say: ({ requestDays }) => [
      `구매자는 누가 어떤 자격으로 자기 정보를 보았는지 확인하고, 열람·정정·삭제·처리정지를 요구할 수 있습니다. 요구를 받은 때부터 ${requestDays}일 안에 결과나 거절하는 이유를 알리고, 요구와 답변을 기록합니다.`,
    ],
  },
  {
    title: "유출 대응",
    sources: ["pipa/34-1", "pipa/34-2", "pipa-decree/39", "pipa-decree/40", "network-act/intrusion"],
    say: (policy) => [
      `유출을 안 때부터 ${policy.breachHours}시간 안에 정보주체에게 알립니다. ${policy.reportFromSubjects}명 이상이거나 고유식별정보·민감정보이거나 외부의 불법 접근이면 같은 시간 안에 신고합니다.`,
      `침해사고는 ${policy.intrusionHours}시간 안에 한국인터넷진흥원에 신고합니다.`,
      `연락처를 모르는 정보주체를 위해 홈페이지에 ${policy.postDays}일 동안 게시합니다.`,
    ],
  },
] satisfies readonly PlanSection[]);

function sayRole(name: string, { kinds }: RoleRule): string {
  return `${ROLE_WORDS[name] ?? name}(${name}): ${kinds.map((kind) => KIND_WORDS[kind].ko).join(", ")}`;
}
