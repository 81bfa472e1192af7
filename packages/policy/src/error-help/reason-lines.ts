import type { Reason } from "../reason.ts";

/** What a developer writes about a reason, where it is for a developer to lift or to shape; a person's remedy stands with the reason. */
export const REASON_LINES: Readonly<Partial<Record<Reason, string>>> = Object.freeze({
  "answer-refused": "res.json(orders)",
  "search-personal": 'garim.reveal([order], { purpose: "fulfilment", search: ["recipient.phone"] })',
  "facts-unreadable":
    "state: (o) => ({ paidAt: o.paidAt, deliveredAt: o.deliveredAt, purposeEndedAt: o.confirmedAt })",
  "other-seller": 'db.query("select … from orders where seller_id = $1", [req.session.user.sellerId])',
  "role-lacks-action":
    'identify: (req) => ({ kind: "staff", staffId, sellerId, roles: ["shipper"], authenticatedAt })',
  "role-lacks-field":
    'identify: (req) => ({ kind: "staff", staffId, sellerId, roles: ["shipper"], authenticatedAt })',
  "log-in-again": "req.session.user = { …, authenticatedAt: Date.now() }",
  "second-factor-missing": 'pages: { stepUp: "/second-factor", logIn: "/log-in" }',
  "second-factor-stale": 'pages: { stepUp: "/second-factor", logIn: "/log-in" }',
  "second-factor-unenrolled": 'app.use("/privacy", garim.privacy())',
  "session-idle": '<script type="module" src="/privacy/session.js"></script>',
  "not-logged-in": "identify: (req) => req.session?.user",
  "tool-not-here": 'garim.reveal([order], { purpose: "fulfilment", tools: "orders.read" })',
  "network-not-listed": 'allowList: ({ kind, id }) => ["203.0.113.0/24"]',
  "channel-failed": 'channels: [{ name: "sms", send: ({ worker, code }) => sendText(worker.id, code) }]',
  "cross-site": 'fetch("/privacy/session", { method: "POST", credentials: "same-origin" })',
  unavailable: "garim doctor",
});
