export { consolePages } from "./console.ts";
export type { ConsoleOptions } from "./options.ts";
