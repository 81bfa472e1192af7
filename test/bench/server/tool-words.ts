/** What the shop of the bench and its tool know of each other. */
export const ISSUER = "https://bench.example/oauth";
export const AUDIENCE = "https://bench.example/api";
export const TOKEN_PATH = "/bench-token";
