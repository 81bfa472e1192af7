/** Who approves and files what the bench's tools need. */
export const OPERATOR = { kind: "operator", id: "bench", sellerId: null } as const;
export const KEEPER = {
  actor: OPERATOR,
  session: null,
  factor: null,
  origin: { ip: "127.0.0.1", agent: null },
  route: "bench",
} as const;
export const NO_END = { signedAt: Date.parse("2026-01-01T00:00:00+09:00"), endsAt: null } as const;
