import { element } from "../../kit/elements.ts";
import { whatIsKept } from "../../kit/historyTerms.ts";
import { fillNotice } from "../../kit/notice.ts";
import { placeOf } from "../../kit/place.ts";
import { startPage } from "../../kit/startPage.ts";
import "./room.css";
import { RoomPage } from "./roomPage.ts";
import { strings } from "./strings.ts";

const { room, name, token } = placeOf(location.search);
startPage("room", strings, room);
element("choose-room", HTMLElement).hidden = room !== undefined;
if (room) {
  await fillNotice({ title: strings.callNoticeTitle(room), lead: strings.callNoticeLead, who: strings.callNoticeWho(room), kept: await whatIsKept(room) });
  new RoomPage(room, name, token);
}
