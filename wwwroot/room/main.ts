import "./room.css";
import { palette } from "../client/palette.ts";
import { element } from "../live/elements.ts";
import { whatIsKept } from "../live/historyTerms.ts";
import { fillNotice } from "../live/notice.ts";
import { showPages } from "../live/pages.ts";
import { placeOf } from "../live/place.ts";
import { wireTheme } from "../live/theme.ts";
import { localize, strings } from "../strings.ts";
import { RoomPage } from "./roomPage.ts";

for (const [emotion, color] of Object.entries(palette)) document.documentElement.style.setProperty(`--${emotion}`, color);
localize(document);
const { room, name, token } = placeOf(location.search);
showPages("room", room);
wireTheme(element("theme", HTMLButtonElement), () => undefined);
element("choose-room", HTMLElement).hidden = room !== undefined;
if (room) {
  await fillNotice({ title: strings.callNoticeTitle(room), lead: strings.callNoticeLead, who: strings.callNoticeWho(room), kept: await whatIsKept(room) });
  new RoomPage(room, name, token);
}
