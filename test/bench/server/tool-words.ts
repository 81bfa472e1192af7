/** What the shop of the bench and its tool know of each other. */
export const ISSUER = "https://bench.example/oauth";
export const AUDIENCE = "https://bench.example/api";
export const TOKEN_PATH = "/bench-token";

/** Where the token server of the bench tells the id of its tool. */
export const TOOL_PATH = "/bench-tool";
