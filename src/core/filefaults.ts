import { getSystemErrorMap } from "node:util";
import { type ErrorKind, SipnavError } from "./errors.ts";

/** Where an operator is helped by other words than the system's. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EEXIST: "something else has its name",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  ELOOP: "it is a symbolic link",
};

/** A file system error in words, naming the path. */
export function fileError(kind: ErrorKind, doing: string, path: string, cause: unknown): SipnavError {
  const { code = "", errno = 0 } = cause as NodeJS.ErrnoException;
  const reason = reasons[code] ?? getSystemErrorMap().get(errno)?.[1];
  const text = reason ?? (cause instanceof Error ? cause.message : String(cause));
  return new SipnavError(kind, `Cannot ${doing} ${path}: ${text}.`, { code, cause });
}

/** Whether an error says that a file or folder is not there. */
export const isMissing = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === "ENOENT";
