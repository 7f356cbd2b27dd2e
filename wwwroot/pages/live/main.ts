import { element, setText } from "../../kit/elements.ts";
import { whatIsKept } from "../../kit/historyTerms.ts";
import { fillNotice, whoSees } from "../../kit/notice.ts";
import { placeOf } from "../../kit/place.ts";
import { startPage } from "../../kit/startPage.ts";
import "./live.css";
import { LivePage } from "./livePage.ts";
import { strings } from "./strings.ts";

const place = placeOf(location.search);
startPage("live", strings, place.room);
if (place.room) setText(element("sign-text", HTMLElement), strings.analysisOnIn(place.room));
await fillNotice({ title: strings.noticeTitle, lead: strings.noticeLead, who: whoSees(place), kept: await whatIsKept(place.room) });
new LivePage(place);
