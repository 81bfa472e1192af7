import { afterAll, describe } from "vitest";
import { describeTwoNodes } from "../../test/nodes-contract.ts";
import { describeStateContract } from "../../test/state-contract.ts";
import { startStores } from "../../test/stores.ts";

for (const store of await startStores())
  describe(`StateStore on ${store.name}`, () => {
    afterAll(() => store.stop());
    describeStateContract(store);
    describeTwoNodes(store);
  });
