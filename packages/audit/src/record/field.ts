/** The version of the form of records. It changes when a field changes its meaning, not when one is added. */
export const RECORD_VERSION = 1;

/** Numbers of the body's fields; FORMAT.md explains each. Append only. */
export const FIELD = {
  version: 0,
  id: 1,
  /** 식별자 */
  actor: 2,
  /** 접속일시 */
  at: 3,
  /** 접속지 */
  origin: 4,
  /** 처리한 정보주체 */
  subjects: 5,
  /** 수행업무 */
  action: 6,
  outcome: 7,
  reason: 8,
  route: 9,
  purpose: 10,
  session: 11,
  factor: 12,
  policy: 13,
  surface: 14,
  allowed: 15,
  profile: 16,
  forms: 17,
  which: 18,
  moments: 19,
  claims: 20,
  untils: 21,
  count: 22,
  since: 23,
  target: 24,
  asked: 25,
  detail: 26,
  file: 27,
  grant: 28,
  key: 29,
  mode: 30,
} as const;
