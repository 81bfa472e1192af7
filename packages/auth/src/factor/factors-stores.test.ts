import { afterAll, describe } from "vitest";
import { describeFactors } from "../../test/factors-contract.ts";
import { startStores } from "../../test/stores.ts";

for (const store of await startStores())
  describe(`Factors on ${store.name}`, () => {
    afterAll(() => store.stop());
    describeFactors(store);
  });
