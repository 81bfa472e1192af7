export { type ResourceServer, TOKEN_SERVER_DEFAULTS, type TokenServerOptions } from "./server/options.ts";
export { type TokenServer, tokenServer } from "./server/token-server.ts";
