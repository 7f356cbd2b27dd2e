import { create } from "../../kit/elements.ts";
import { strings } from "./strings.ts";

/** Text in which `code` is marked, followed by the default value, if any. */
export function prose(text: string, normally?: unknown): (Node | string)[] {
  const parts = text.split("`").map((part, index) => (index % 2 === 1 ? create("code", "", part) : part));
  return normally === undefined ? parts : [...parts, ` ${strings.normally(String(normally))}`];
}
