import type { Words } from "@garim/policy";
import type { Logger } from "../logger.ts";
import type { DutiesOptions } from "./options.ts";

/** A function that the host left out, and what is not done without it. */
export interface MissingPort {
  /** As the options have it: `duties.onReminder`. */
  readonly name: string;
  readonly words: Words;
}

const PORTS: readonly (MissingPort & { readonly isThere: (options: DutiesOptions) => boolean })[] = [
  {
    name: "duties.onReminder",
    words: {
      ko: "기한이 다가온 교육을 담당자에게 아무도 알리지 않습니다.",
      en: "Nobody tells staff of courses that are due.",
    },
    isThere: ({ onReminder }) => onReminder !== undefined,
  },
  {
    name: "duties.onDuties",
    words: {
      ko: "기다리는 일을 마켓의 담당자에게 아무도 알리지 않습니다.",
      en: "Nobody tells people of the marketplace what waits.",
    },
    isThere: ({ onDuties }) => onDuties !== undefined,
  },
  {
    name: "duties.records",
    words: {
      ko: "마켓의 기록을 알 수 없어, 기한이 된 것을 찾지도 파기하지도 않습니다.",
      en: "The host's records are not known: none is found to be due, and none destroyed.",
    },
    isThere: ({ records }) => records !== undefined,
  },
  {
    name: "duties.leaks",
    words: {
      ko: "유출된 정보주체에게 여기에서 통지를 보낼 수 없습니다.",
      en: "No notice of a leak can be sent from here.",
    },
    isThere: ({ leaks }) => leaks !== undefined,
  },
  {
    name: "duties.leaks.candidates",
    words: {
      ko: "접속기록이 보여 주는 유출 대상자를 마켓의 명단에 넘기지 않습니다. 명단은 마켓이 스스로 채웁니다.",
      en: "Those whom the log shows a leak to concern are not handed to the host, who fills its list itself.",
    },
    isThere: ({ leaks }) =>
      leaks === undefined || (leaks.candidates !== undefined && leaks.keep !== undefined),
  },
];

const CALL_TOOL: MissingPort = {
  name: "duties.records.callTool",
  words: {
    ko: "파기 기한이 지난 셀러툴에 아무도 파기를 요청하지 않습니다.",
    en: "No tool is called whose destruction is late.",
  },
};

/** What the host left out, of what would be done by the clock or along with something else. */
export function listMissing(options: DutiesOptions, hasTools: boolean): readonly MissingPort[] {
  const missing = PORTS.filter(({ isThere }) => !isThere(options)).map(({ name, words }) => ({
    name,
    words,
  }));
  return hasTools && options.records?.callTool === undefined ? [...missing, CALL_TOOL] : missing;
}

/** Says at start what will not be done: by the clock nobody asks for it, and so nobody would be refused. */
export function warnOfMissing(options: DutiesOptions, hasTools: boolean, logger: Logger): void {
  const missing = listMissing(options, hasTools);
  if (missing.length === 0) return;
  const said = missing.map(({ name, words }) => `${words.en} (${name})`).join(" ");
  logger.warn({ missing: missing.map(({ name }) => name) }, `garim: duties that nobody does here: ${said}`);
}
