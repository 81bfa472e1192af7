import { type Language, REASONS, type Reason } from "@garim/policy";
import { koreanTime } from "../words/korean-time.ts";
import type { ObserveReport, RouteImpact } from "./impact.ts";

/** Rows of one kind that are said of a route; the report itself has all. */
const MOST_SAID = 20;

/** Says in words what enforcing would change: one line for each finding, the routes that change most first. */
export function describeImpact(report: ObserveReport, language: Language): string {
  const say = SAYINGS[language];
  const { routes, isWhole, damaged } = report;
  const lines = [
    say.head(report),
    ...(isWhole ? [] : [say.notWhole]),
    ...(damaged.length === 0 ? [] : [say.damaged(damaged.length)]),
    ...routes.flatMap((route) => describeRoute(route, say)),
  ];
  return `${lines.join("\n")}\n`;
}

function describeRoute(route: RouteImpact, say: Sayings): readonly string[] {
  return [
    "",
    say.route(route),
    ...some(route.refused, ({ count, reason }) => say.refused(count, reason)),
    ...some(route.masked, ({ count, schema, field, reason }) =>
      say.masked(count, `${schema} ${field}`, reason),
    ),
    ...some(route.undeclared, ({ count, name }) => say.undeclared(count, name)),
    ...some(route.headers, ({ count, name }) => say.header(count, name)),
  ];

  function some<Row>(rows: readonly Row[], describe: (row: Row) => string): readonly string[] {
    const said = rows.slice(0, MOST_SAID).map((row) => `  ${describe(row)}`);
    return rows.length > MOST_SAID ? [...said, `  ${say.more(rows.length - MOST_SAID)}`] : said;
  }
}

interface Sayings {
  readonly head: (report: ObserveReport) => string;
  readonly notWhole: string;
  readonly damaged: (count: number) => string;
  readonly route: (route: RouteImpact) => string;
  readonly refused: (count: number, reason: Reason) => string;
  readonly masked: (count: number, field: string, reason: Reason) => string;
  readonly undeclared: (count: number, name: string) => string;
  readonly header: (count: number, name: string) => string;
  readonly more: (count: number) => string;
}

const SAYINGS: Readonly<Record<Language, Sayings>> = {
  ko: {
    head: ({ from, to, routes, read }) =>
      `${koreanTime(from)} ~ ${koreanTime(to)} 전까지: 조회 기록 ${count(read)}건을 읽음, 관찰한 경로 ${routes.length}곳, 응답 ${count(answersOf(routes))}건. 적용하지 않은 결과이며 증빙이 아닙니다.`,
    notWhole: "경로나 항목이 너무 많아 일부는 세지 못했습니다.",
    damaged: (damaged) => `읽을 수 없는 기록 ${count(damaged)}건. garim verify로 확인하십시오.`,
    route: ({ route, answers, unchanged }) =>
      `${route}: 응답 ${count(answers)}건, 그중 그대로 나갈 것 ${count(unchanged)}건`,
    refused: (times, reason) => `거절될 응답 ${count(times)}건: ${REASONS[reason].because.ko} [${reason}]`,
    masked: (times, field, reason) =>
      `가려질 항목 ${field} ${count(times)}건: ${REASONS[reason].because.ko} [${reason}]`,
    undeclared: (times, name) => `나가지 않을 값 ${name} ${count(times)}건: 스키마에 없습니다`,
    header: (times, name) => `나가지 않을 헤더 ${name} ${count(times)}건: reveal(…, { headers })에 없습니다`,
    more: (rest) => `그 밖에 ${count(rest)}가지`,
  },
  en: {
    head: ({ from, to, routes, read }) =>
      `${koreanTime(from)} to before ${koreanTime(to)}: ${count(read)} records of views read, ${routes.length} observed routes, ${count(answersOf(routes))} answers. Nothing of it was enforced, and it is no evidence.`,
    notWhole: "There are more routes or fields than can be held: some are not counted.",
    damaged: (damaged) => `${count(damaged)} records cannot be read; ask garim verify.`,
    route: ({ route, answers, unchanged }) =>
      `${route}: ${count(answers)} answers, ${count(unchanged)} of them would leave as they are`,
    refused: (times, reason) => `refused ${count(times)}: ${REASONS[reason].because.en} [${reason}]`,
    masked: (times, field, reason) =>
      `masked ${field} ${count(times)}: ${REASONS[reason].because.en} [${reason}]`,
    undeclared: (times, name) => `not sent ${name} ${count(times)}: the schema does not declare it`,
    header: (times, name) =>
      `header not sent ${name} ${count(times)}: reveal(…, { headers }) does not name it`,
    more: (rest) => `and ${count(rest)} more`,
  },
};

function answersOf(routes: readonly RouteImpact[]): number {
  return routes.reduce((sum, { answers }) => sum + answers, 0);
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
