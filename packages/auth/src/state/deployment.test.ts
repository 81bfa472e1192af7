import { afterEach, describe, expect, it, vi } from "vitest";
import { checkMemoryDeployment, type DeploymentFacts } from "./deployment.ts";
import { memoryState } from "./memory.ts";

const alone: DeploymentFacts = { isProduction: true, isClusterWorker: false, instance: 0, concurrency: 1 };

describe("checkMemoryDeployment", () => {
  it("takes one process alone", () => {
    expect(() => checkMemoryDeployment(alone)).not.toThrow();
  });

  it.each<[string, Partial<DeploymentFacts>, string]>([
    ["a worker of node:cluster", { isClusterWorker: true }, "node:cluster"],
    ["PM2's second process", { instance: 1 }, "NODE_APP_INSTANCE=1"],
    ["four processes of the platform", { concurrency: 4 }, "WEB_CONCURRENCY"],
  ])("refuses %s, in production only, and says what to write", (_, more, sign) => {
    const facts = { ...alone, ...more };
    expect(() => checkMemoryDeployment({ ...facts, isProduction: false })).not.toThrow();
    const check = () => checkMemoryDeployment(facts);
    expect(check).toThrow(expect.objectContaining({ code: "ERR_GARIM_DEPLOYMENT" }));
    expect(check).toThrow(sign);
    expect(check).toThrow("redisState(client)");
  });

  it("takes for one what cannot be read as a number", () => {
    expect(() =>
      checkMemoryDeployment({ ...alone, instance: Number("x"), concurrency: Number("auto") }),
    ).not.toThrow();
  });
});

describe("memoryState, in production", () => {
  afterEach(() => void vi.unstubAllEnvs());
  const refused = expect.objectContaining({ code: "ERR_GARIM_DEPLOYMENT" });

  it("reads what the platform says, unless the host knows better", () => {
    vi.stubEnv("NODE_ENV", "production");
    expect(() => memoryState()).not.toThrow();
    expect(() => memoryState({ workers: 2 })).toThrow(refused);
    vi.stubEnv("WEB_CONCURRENCY", "2");
    expect(() => memoryState()).toThrow(refused);
    expect(() => memoryState({ workers: 1 })).not.toThrow();
    vi.stubEnv("NODE_APP_INSTANCE", "3");
    expect(() => memoryState({ workers: 1 })).toThrow(refused);
  });
});
