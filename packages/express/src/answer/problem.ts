import { REASONS, type Reason, type StepUpClass, type Words } from "@garim/policy";

export type Language = "ko" | "en";

/** The body of a refusal (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly reason?: Reason;
  readonly source?: string;
  readonly remedy?: string;
  readonly code?: string;
  /** What a second factor is asked for, where one would lift the refusal: `POST /step-up` takes it. */
  readonly action?: StepUpClass;
  /** Where a second factor would lift the refusal: means that would do, and how old, in seconds, its proof may be (RFC 9470). */
  readonly acr_values?: string;
  readonly max_age?: number;
  /** The host's page that lifts it: see the option `pages`. */
  readonly page?: string;
  /** Names a tool's request, for whoever asks about it. */
  readonly trace?: string;
  /** Outside production only: what the host's engineer should write. */
  readonly help?: string;
}

const TITLES: Readonly<Record<number, Words>> = {
  400: { ko: "요청을 읽을 수 없습니다", en: "Bad request" },
  401: { ko: "인증이 필요합니다", en: "Authentication needed" },
  403: { ko: "권한이 없습니다", en: "Not allowed" },
  404: { ko: "찾을 수 없습니다", en: "Not found" },
  405: { ko: "허용되지 않는 방식입니다", en: "Method not allowed" },
  409: { ko: "지금 상태에서는 할 수 없습니다", en: "Conflict" },
  410: { ko: "더 이상 받을 수 없습니다", en: "Gone" },
  413: { ko: "요청이 너무 큽니다", en: "Request too large" },
  415: { ko: "지원하지 않는 형식입니다", en: "Unsupported format" },
  422: { ko: "처리할 수 없는 내용입니다", en: "Cannot be processed" },
  429: { ko: "요청이 너무 많습니다", en: "Too many requests" },
  500: { ko: "서버 오류입니다", en: "Server error" },
  503: { ko: "잠시 이용할 수 없습니다", en: "Temporarily unavailable" },
};

const OTHER_TITLE: Words = { ko: "요청을 처리하지 못했습니다", en: "The request failed" };

/** The problem of a refusal: why, by which rule, and what would lift it. */
export function problemOfReason(reason: Reason, status: number, language: Language): Problem {
  const { source, because, remedy } = REASONS[reason];
  return {
    type: `urn:garim:reason:${reason}`,
    title: titleOf(status, language),
    status,
    detail: because[language],
    reason,
    source,
    ...(remedy === null ? {} : { remedy: remedy[language] }),
  };
}

/** The problem of an error that is not Garim's: its status and nothing of its text. */
export function problemOfStatus(status: number, language: Language): Problem {
  return { type: "about:blank", title: titleOf(status, language), status };
}

function titleOf(status: number, language: Language): string {
  return (TITLES[status] ?? OTHER_TITLE)[language];
}

/** The status that fits a reason. */
export function statusOf(reason: Reason): number {
  switch (reason) {
    case "not-logged-in":
    case "log-in-again":
    case "session-idle":
    case "session-absolute":
    case "session-revoked":
    case "session-limit":
    case "seller-changed":
    case "roles-changed":
    case "factors-changed":
    case "second-factor-missing":
    case "second-factor-stale":
    case "second-factor-unenrolled":
    case "second-factor-wrong":
    case "second-factor-device":
    case "second-factor-network":
    case "second-factor-signal":
    case "challenge-void":
    case "challenge-expired":
    case "factor-weak":
    case "token-invalid":
    case "token-other-use":
    case "token-expired":
    case "token-not-yet-valid":
    case "token-revoked":
    case "token-missing":
    case "token-not-issued":
    case "token-unbound":
    case "proof-missing":
    case "proof-invalid":
    case "proof-other-request":
    case "proof-stale":
    case "proof-nonce":
    case "proof-replayed":
    case "proof-other-key":
    case "certificate-other":
      return 401;
    case "cursor-void":
      return 400;
    case "factor-unknown":
    case "factor-not-offered":
    case "session-unknown":
    case "download-unknown":
      return 404;
    case "download-approval-unknown":
    case "factor-last":
    case "factor-limit":
    case "second-factor-enrolled":
      return 409;
    case "download-link-ended":
      return 410;
    case "download-purpose-missing":
    case "download-kinds-missing":
    case "download-field-unknown":
    case "download-password-weak":
    case "download-too-large":
      return 422;
    case "download-busy":
    case "message-limit":
    case "account-locked":
    case "factor-disabled":
    case "budget-requests":
    case "budget-subjects":
    case "watch-throttled":
      return 429;
    case "unavailable":
    case "channel-failed":
      return 503;
    case "answer-refused":
      return 500;
    default:
      return 403;
  }
}
