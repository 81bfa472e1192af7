import type { Garim } from "@garim/express";

/** Who says yes here. A real marketplace looks at each tool, and files what was signed. */
const DESK = { kind: "operator", id: "demo-desk", sellerId: null } as const;
const LOOK_MS = 500;

/**
 * Approves every tool that applies and runs on this machine, where its sellers' browsers come back to, with an API agreement and a
 * contract with every seller on file: this market is a demo. Others stay in the sandbox. Approvals and papers are on record as
 * anybody's are.
 *
 * @param sellers - ids of the sellers
 * @returns ends it
 */
export function approveTools(garim: Garim, sellers: readonly string[], clock: () => number): () => void {
  const { tools, register, follower } = garim.tools;
  const origin = { ip: "local", agent: "the demo's desk" };
  const keeper = { actor: DESK, session: null, factor: null, origin, route: "demo" };
  let isBusy = false;

  async function approve(toolId: string): Promise<void> {
    const paper = { document: "demo", signedAt: clock(), endsAt: null };
    await register.putAgreement({ ...paper, toolId, version: "demo" }, keeper);
    for (const sellerId of sellers) {
      const contract = { sellerId, toolId, tasks: ["주문 수집", "송장 출력"], subProcessors: [] };
      await register.putContract({ ...paper, ...contract }, keeper);
    }
    await tools.approve(toolId, DESK);
  }

  async function look(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      await follower.ready();
      for (const { toolId, status, redirectUris } of tools.list())
        if (status === "applied" && redirectUris.some(isHere)) await approve(toolId);
    } finally {
      isBusy = false;
    }
  }

  // What fails is said by the log and the follower themselves, and done by the next look.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS).unref();
  return () => clearInterval(timer);
}

function isHere(redirectUri: string): boolean {
  return ["127.0.0.1", "localhost"].includes(new URL(redirectUri).hostname);
}
