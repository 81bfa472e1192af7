// @ts-check
// Installs and builds the workspace in a process of its own: where that fails, it ends its process.
import { prepare } from "../../examples/workspace.mjs";

prepare({ build: "test/tsconfig.solution.json" });
