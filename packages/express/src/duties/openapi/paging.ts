import { type Json, text, whole } from "../../openapi/shape.ts";

/** Which part of a list is wanted. */
export const PAGING: Json = {
  after: { ...text, description: "The next of the page before" },
  limit: { ...whole, minimum: 1, maximum: 1_000 },
};

/** Whose register is meant; asked of people of the marketplace. */
export const SELLER: Json = { seller: text };
