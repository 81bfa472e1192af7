import { REASONS, subject } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { sampleEntry } from "../../../test/entry.ts";
import { CAPTIONS, CLASSES, findFaults } from "../../../test/ocsf-1.5.0.ts";
import { NOW } from "../../../test/sample.ts";
import { ACCESS_ACTIONS, ACCESS_OUTCOMES, ACTOR_KINDS, type Access } from "../../access.ts";
import { ocsfOf } from "./ocsf.ts";

const TARGET = { kind: "staff", id: "staff-18", sellerId: "seller-3" } as const;
const eventOf = (more: Partial<Access>, size = 0) => ocsfOf(sampleEntry(41, size, more));
const seen = (more: Partial<Access>) => {
  const { class_uid, activity_id, severity_id, status_id } = eventOf(more);
  return [class_uid, activity_id, severity_id, status_id];
};

describe("findFaults", () => {
  it("finds what is missing, unknown or of another kind", () => {
    const { user: _, ...event } = eventOf({ action: "log-in" });
    const broken = { ...event, severity_id: 7, colour: "red", metadata: { version: 1 } };
    expect(findFaults(broken)).toEqual(
      expect.arrayContaining([
        "user is missing",
        "severity_id cannot be 7",
        "colour is no attribute",
        "metadata.product is missing",
        "metadata.version is no text",
      ]),
    );
    expect(findFaults({ class_uid: 9 })).toEqual(["class_uid 9 is not known"]);
  });
});

describe("ocsfOf", () => {
  describe.each(ACCESS_ACTIONS)("of %s", (action) => {
    it.each(ACCESS_OUTCOMES)("is an event as OCSF 1.5.0 has it, when it was %s", (outcome) => {
      for (const kind of ACTOR_KINDS) {
        const actor = { kind, id: "x-1", sellerId: kind === "staff" ? "seller-3" : null };
        const bare = {
          action,
          outcome,
          actor,
          session: null,
          factor: null,
          origin: { ip: "server", agent: null },
        };
        expect(findFaults(eventOf({ action, outcome, actor }, 2))).toEqual([]);
        expect(findFaults(eventOf({ ...bare, route: "server" }))).toEqual([]);
        expect(findFaults(eventOf({ ...bare, target: TARGET, reason: "account-locked" }))).toEqual([]);
      }
    });

    it("has the caption of its activity, or its own name where it is another", () => {
      const { class_uid, class_name, activity_id, activity_name, type_uid, category_uid } = eventOf({
        action,
      });
      expect(class_name).toBe(CLASSES[class_uid]?.name);
      expect(activity_name).toBe(activity_id === 99 ? action : CAPTIONS[class_uid]?.[activity_id]);
      expect([type_uid, category_uid]).toEqual([
        class_uid * 100 + activity_id,
        Math.floor(class_uid / 1_000),
      ]);
    });
  });

  it.each(Object.keys(REASONS) as (keyof typeof REASONS)[])(
    "says the reason %s as code and words",
    (reason) => {
      const event = eventOf({ action: "signal", reason });
      expect(event).toMatchObject({ status_code: reason, status_detail: REASONS[reason].because.en });
      expect(findFaults(event)).toEqual([]);
    },
  );

  it("is one event in full", () => {
    const entry = sampleEntry(41, 1);
    const [order] = entry.access.records;
    expect(ocsfOf(entry)).toEqual({
      metadata: {
        version: "1.5.0",
        product: { name: "Garim", vendor_name: "Garim" },
        uid: "00000000-0000-4000-8000-000000000041",
        sequence: 41,
        log_name: "access",
        log_provider: "garim",
        logged_time: NOW + 7,
        event_code: "view",
      },
      category_uid: 6,
      class_uid: 6003,
      class_name: "API Activity",
      activity_id: 2,
      activity_name: "Read",
      type_uid: 600_302,
      severity_id: 1,
      status_id: 1,
      message: "view: disclosed",
      time: NOW,
      api: { operation: "GET /orders", service: { name: "garim" } },
      actor: {
        user: { uid: "staff-17", type_id: 1, type: "User", org: { uid: "seller-3" } },
        session: { uid: "0f1e2d3c4b5a6978", is_mfa: true },
      },
      src_endpoint: { ip: "203.0.113.7" },
      http_request: { user_agent: entry.access.origin.agent, http_method: "GET" },
      resources: order?.subjects.map(({ hex, type }) => ({ uid: hex, type, namespace: "2026-11" })),
      unmapped: expect.objectContaining({
        actor_kind: "staff",
        outcome: "disclosed",
        route: "GET /orders",
        purpose: "fulfilment",
        surface: "view",
        mask_profile: "pipc",
        policy: entry.access.policy,
        factor: entry.access.factor,
        disclosed: expect.objectContaining({
          records: 1,
          lines: 1,
          reveal: 1,
          mask: 0,
          schemas: ["orderLine"],
        }),
      }),
    });
  });

  it.each([
    [{ action: "view", outcome: "refused", reason: "other-seller" }, [6003, 2, 2, 2]],
    [{ action: "step-up-failed", outcome: "refused" }, [3002, 99, 2, 2]],
    [{ action: "account-locked", outcome: "done" }, [3001, 9, 3, 1]],
    [{ action: "signal", outcome: "done" }, [2004, 1, 3, 1]],
    [{ action: "signal", outcome: "refused" }, [2004, 1, 3, 1]],
    [{ action: "gap", outcome: "refused" }, [1008, 99, 4, 2]],
  ] as const)("says of %o that class, activity, severity and status are %j", (more, wanted) => {
    expect(seen(more)).toEqual(wanted);
  });

  it("says to whom it was done, and by whom", () => {
    const factors = eventOf({ action: "reset-factors", target: TARGET });
    expect([factors.user?.uid, factors.actor?.user.uid]).toEqual(["staff-18", "staff-17"]);
    const ended = eventOf({ action: "end-sessions", target: TARGET });
    expect([ended.user?.uid, ended.actor?.user.uid]).toEqual(["staff-18", "staff-17"]);
    expect(eventOf({ action: "enrol-factor" }).user?.uid).toBe("staff-17");
    expect(eventOf({ action: "view-account", target: TARGET }).resources).toEqual([
      { uid: "staff-18", type: "account", namespace: "seller-3" },
    ]);
  });

  it("names a data subject once, however many records are of it, and whom an auditor asked for", () => {
    const entry = sampleEntry(1, 1, { action: "log-query", asked: [subject.buyer("b-7")] });
    const [order] = entry.access.records;
    const doubled = { ...entry, access: { ...entry.access, records: order ? [order, order] : [] } };
    expect(ocsfOf(doubled).resources).toHaveLength(3);
    expect(ocsfOf(doubled).resources?.at(-1)).toMatchObject({ type: "buyer", labels: ["asked"] });
  });

  it("keeps whom it was about where the class has no place for it", () => {
    const event = eventOf({ action: "export-log", asked: [subject.buyer("b-7")] });
    expect(event.resources).toBeUndefined();
    expect(event.unmapped["resources"]).toEqual([
      expect.objectContaining({ type: "buyer", labels: ["asked"] }),
    ]);
  });

  it("says where a record came from that came from no address", () => {
    expect(eventOf({ origin: { ip: "others", agent: null } }).src_endpoint).toEqual({ name: "others" });
    expect(eventOf({ origin: { ip: "::1", agent: null } }).src_endpoint).toEqual({ ip: "::1" });
  });

  it("says of a record that stands for many answers how many, and from when", () => {
    expect(eventOf({ action: "refusals", count: 12, since: NOW - 60_000 })).toMatchObject({
      count: 12,
      start_time: NOW - 60_000,
      end_time: NOW,
    });
  });

  it("names what was granted, and the file that left", () => {
    expect(eventOf({ action: "revoke-grant", grant: "g-1" }).entity).toEqual({
      name: "grant",
      type: "grant",
      uid: "g-1",
    });
    expect(eventOf({ action: "retire-key", key: "k-1" }).entity).toMatchObject({ type: "key", uid: "k-1" });
    const target = { kind: "tool", id: "tool-1", sellerId: null } as const;
    expect(eventOf({ action: "suspend-tool", target }).entity).toMatchObject({ type: "tool", uid: "tool-1" });
    const file = { sha256: "a".repeat(64), sizeBytes: 9 };
    expect(eventOf({ action: "download", file, key: "k-1", detail: { rows: 3 } }).unmapped).toMatchObject({
      file: { sha256: file.sha256, size_bytes: 9 },
      key_id: "k-1",
      detail: { rows: 3 },
    });
  });

  it("holds of buyers their pseudonyms only", () => {
    const text = JSON.stringify(eventOf({ asked: [subject.phone("010-9999-8888")] }, 30));
    expect(text).not.toMatch(/b-1000|0101234|010-1234|01099998888|010-9999/);
    expect(text.match(/"uid":"[0-9a-f]{32}"/g)).toHaveLength(61);
  });
});
