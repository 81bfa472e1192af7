export { type AnswerWriter, compileAnswer } from "./answer/answer.ts";
export type { FoundRecord } from "./answer/cursor.ts";
export { ANSWER_DEFAULTS, type AnswerOptions } from "./answer/options.ts";
export { find } from "./find/find.ts";
export { FOUND_KINDS, type Found, type FoundKind } from "./find/found.ts";
export { MASK_PROFILE, type MaskOptions, mask } from "./mask.ts";
export {
  type HoldReply,
  judgeReply,
  type PostReply,
  type ReplyFacts,
  type ReplyFinding,
  type ReplyReason,
} from "./reply/judge-reply.ts";
export { scrubPost } from "./reply/scrub-post.ts";
export { fieldsOf, type RecordField } from "./row/fields.ts";
export { compileRow, type RowCell, type RowWriter } from "./row/row.ts";
export { personalPaths } from "./schema/personal-paths.ts";
export {
  type AnswerShape,
  type AnyRecord,
  type Node,
  type OpenField,
  open,
  type PiiField,
  type PiiOptions,
  pii,
  type RecordRules,
  type RecordSchema,
  type Shape,
  schema,
} from "./schema/schema.ts";
export { kindAt, searchablePaths } from "./schema/searchable-paths.ts";
export { type Union, union } from "./schema/union.ts";
export { SCRUB_LIMIT, type ScrubOptions, scrub } from "./scrub.ts";
