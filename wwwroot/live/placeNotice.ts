import { strings } from "../strings.ts";
import { element, setText } from "./elements.ts";
import type { Place } from "./place.ts";

/** Says in the notice and on the sign who else will see the readings, before anything is sent. */
export function tellPlace({ room, name }: Place): void {
  if (!room) return;
  setText(element("notice-who", HTMLElement), name ? strings.noticeWhoRoomAs(room, name) : strings.noticeWhoRoom(room));
  setText(element("sign-text", HTMLElement), strings.analysisOnIn(room));
}
