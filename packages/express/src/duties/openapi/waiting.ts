import { DUTY_NOTICE_KINDS } from "@garim/duties";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, atOrNull, isSo, list, object, orNull, text, whole, words } from "../../openapi/shape.ts";
import { PAGING } from "./paging.ts";

/** What waits for somebody. */
export const WAITING_PART: DocumentPart = {
  paths: {
    "/waiting": {
      get: operation({
        summary: "Everything that is due or overdue, over all duties; what is overdue first",
        query: PAGING,
        answer: "Waiting",
        stepUp: "view",
      }),
    },
  },
  schemas: {
    Waiting: object({
      at,
      notices: list(
        object({
          key: text,
          kind: { enum: DUTY_NOTICE_KINDS },
          state: { enum: ["new", "due", "soon", "overdue"] },
          words,
          count: whole,
          dueAt: atOrNull,
          isOverdue: isSo,
          subject: orNull("string"),
          sellerId: orNull("string"),
        }),
      ),
      next: orNull("string"),
      missing: {
        ...list(object({ name: text, words })),
        description: "Functions that the host left out, and what is not done without each",
      },
    }),
  },
};
