import { numberText, wordsOf } from "../../kit/words.ts";

export const say = wordsOf(
  {
    title: "차트",
    of: "누구의",
    whom: { all: "전체", actor: "취급자", tool: "셀러툴", seller: "판매자" } as Readonly<
      Record<string, string>
    >,
    value: "아이디",
    from: "부터",
    to: "까지",
    draw: "보기",
    sum: (records: number, subjects: number) =>
      `기록 ${numberText(records)}건, 정보주체 ${numberText(subjects)}건`,
    since: "기록이 많아 다음 시각부터만 세었습니다:",
    volume: "결과별 기록 수",
    day: "날짜(한국 시간)",
    hour: "시각(한국 시간)",
    week: "요일과 시각(한국 시간)",
    hourOfDay: "시각",
    subjectsPerHour: "한 시간에 처리한 정보주체(가장 많은 시간)",
    past: "자신의 지난 기간과 비교",
    noPast: "비교할 지난 기록이 없습니다.",
    ratio: (ratio: number) => `지난 기간 평균의 ${numberText(Math.round(ratio * 10) / 10)}배입니다.`,
    stretch: "기간",
    records: "기록",
    subjects: "정보주체",
    refused: "거절",
    tools: "셀러툴",
    tool: "셀러툴",
    noTools: "셀러툴이 한 일이 없습니다.",
    moreTools: (count: number) => `그 밖에 ${numberText(count)}개`,
    help: "차트는 살펴보는 데 쓰는 도움입니다. 증명되는 것은 기록 자체입니다. 정보주체는 기록마다 한 번씩 셉니다.",
  },
  {
    title: "Charts",
    of: "Of whom",
    whom: { all: "Everybody", actor: "Somebody", tool: "A seller tool", seller: "A seller" },
    value: "Id",
    from: "From",
    to: "To",
    draw: "Show",
    sum: (records, subjects) =>
      `${numberText(records)} records, ${numberText(subjects)} data subjects in them`,
    since: "There are so many records that only those are counted since:",
    volume: "Records by outcome",
    day: "Day in Korea",
    hour: "Hour in Korea",
    week: "Weekday and hour in Korea",
    hourOfDay: "Hour",
    subjectsPerHour: "Data subjects in an hour, the busiest one",
    past: "Compared with their own past",
    noPast: "There is no past to compare with.",
    ratio: (ratio) => `${numberText(Math.round(ratio * 10) / 10)} times the mean of the stretches before.`,
    stretch: "Stretch",
    records: "Records",
    subjects: "Subjects",
    refused: "Refused",
    tools: "Seller tools",
    tool: "Seller tool",
    noTools: "No seller tool did anything.",
    moreTools: (count) => `and ${numberText(count)} more`,
    help: "Charts are a help to look; what is proved are the records. A data subject counts once in each record.",
  },
);

/** Monday first, as the server counts. */
export const WEEKDAYS: readonly string[] = wordsOf(
  ["월", "화", "수", "목", "금", "토", "일"],
  ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
);

export const HOURS: readonly string[] = Array.from({ length: 24 }, (_, i) => String(i));
