import * as oauth from "openid-client";
import type { Words } from "./language.ts";
import { MarketRefusal } from "./market-refusal.ts";

/** What went wrong, in words for whoever sits before the tool. */
export interface Problem {
  readonly status: number;
  readonly title: Words;
  readonly remedy: Words;
  /** OAuth's, the marketplace's or this tool's own. */
  readonly code: string;
  /** What the marketplace said about it, in its own words. */
  readonly said: readonly string[];
  /** What the marketplace calls it. */
  readonly marketTrace: string | null;
}

type Told = Pick<Problem, "status" | "title" | "remedy">;

const AGAIN: Words = { ko: "처음으로 가서 다시 연결하세요.", en: "Go back to the start and connect again." };

const LATER: Told = {
  status: 503,
  title: { ko: "마켓플레이스가 지금 답할 수 없습니다.", en: "The marketplace cannot answer now." },
  remedy: {
    ko: "바뀐 것은 없습니다. 잠시 뒤 다시 해 보세요.",
    en: "Nothing has changed. Try again in a minute.",
  },
};

const UNKNOWN_TOOL: Told = {
  status: 502,
  title: {
    ko: "마켓플레이스가 이 셀러툴을 받아들이지 않습니다.",
    en: "The marketplace does not accept this tool.",
  },
  remedy: {
    ko: "등록이 정지되었거나 없어졌습니다. 이 셀러툴을 만든 곳에 추적 번호와 함께 알려 주세요.",
    en: "Its registration was suspended, or is gone. Tell whoever makes this tool, and name the trace.",
  },
};

/** What this tool knows to say of a code. Everything else is a mistake of its makers. */
const TOLD: Readonly<Record<string, Told>> = {
  // A seller's decision: nothing failed.
  access_denied: {
    status: 200,
    title: { ko: "연결하지 않았습니다.", en: "Nothing was connected." },
    remedy: {
      ko: "마켓플레이스에서 동의하지 않았습니다. 이 셀러툴은 아무것도 읽지 않았습니다. 마음이 바뀌면 다시 연결하세요.",
      en: "Nobody agreed at the marketplace, and this tool has read nothing. Connect again if you change your mind.",
    },
  },
  "not-begun": {
    status: 400,
    title: { ko: "시작되지 않은 연결입니다.", en: "Nobody began this connection." },
    remedy: {
      ko: "이 셀러툴에서 시작하지 않았거나, 10분이 지났거나, 이미 끝난 연결입니다. 처음으로 가서 다시 연결하세요.",
      en: "It was not begun here, took longer than ten minutes, or is done already. Go back to the start and connect again.",
    },
  },
  invalid_grant: {
    status: 400,
    title: { ko: "동의한 뒤 시간이 너무 지났습니다.", en: "The consent was not used in time." },
    remedy: AGAIN,
  },
  temporarily_unavailable: LATER,
  server_error: LATER,
  unreachable: LATER,
  invalid_client: UNKNOWN_TOOL,
  unauthorized_client: UNKNOWN_TOOL,
};

const MISTAKE: Told = {
  status: 502,
  title: {
    ko: "마켓플레이스가 이 요청을 받아들이지 않았습니다.",
    en: "The marketplace did not accept this request.",
  },
  remedy: {
    ko: "이 셀러툴의 잘못일 수 있습니다. 이 셀러툴을 만든 곳에 추적 번호와 함께 알려 주세요.",
    en: "It may be this tool's mistake. Tell whoever makes it, and name the trace.",
  },
};

/** A code and the words this tool has for it. */
export function problem(code: string, more: Partial<Problem> = {}): Problem {
  return { code, said: [], marketTrace: null, ...(TOLD[code] ?? MISTAKE), ...more };
}

/**
 * What to say of an error. What came by the browser's address (an OAuth error of the authorization endpoint) is taken for its code
 * alone, as anybody can write an address; what came from the marketplace itself is told in its own words, too.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof oauth.AuthorizationResponseError) return problem(codeOf(error.error));
  if (error instanceof oauth.ResponseBodyError) return fromMarket(codeOf(error.error), error.cause);
  if (error instanceof MarketRefusal)
    return fromMarket(codeOf(error.body["reason"]), error.body, error.status);
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return problem(codeOf(error.cause[0]?.parameters.error));
  // What Node's fetch says where nobody answers.
  if (error instanceof TypeError && error.message === "fetch failed") return problem("unreachable");
  return problem("unexpected");
}

function fromMarket(code: string, body: Readonly<Record<string, unknown>>, status = 0): Problem {
  const said = [body["because"] ?? body["detail"], body["remedy"]].filter((text) => typeof text === "string");
  const trace = body["trace_id"] ?? body["trace"];
  const more = { said, marketTrace: typeof trace === "string" ? trace : null };
  return status === 503 ? { ...problem(code, LATER), ...more } : problem(code, more);
}

/** Codes are short words; whatever else stands in their place is not repeated. */
function codeOf(code: unknown): string {
  return typeof code === "string" && /^[\w-]{1,40}$/.test(code) ? code : "unexpected";
}
