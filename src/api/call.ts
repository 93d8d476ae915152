import type { OperationId } from "../contract/operations.ts";
import type { Message } from "./transport.ts";

/** One call, ready to be sent as often as it takes. */
export interface Call {
  operation: OperationId | undefined;
  message: Message;
  /** The URL without secrets. */
  shownUrl: string;
  requestId: string;
  /** Whether it carries the token. */
  authorized: boolean;
  /** What to do when the token is refused. */
  refusedHint: string | undefined;
  /** Whether it does no harm when it's done twice. */
  repeatable: boolean;
}

/** How a call may be called off. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Lets a request that is on its way finish when the signal is aborted: only what waits to be sent is called off. */
  finishSent?: boolean | undefined;
}
