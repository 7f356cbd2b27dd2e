import { palette } from "../client/palette.ts";
import { localize, strings } from "../strings.ts";
import { element, setText } from "./elements.ts";
import { whatIsKept } from "./historyTerms.ts";
import { LivePage } from "./livePage.ts";
import { fillNotice, whoSees } from "./notice.ts";
import { showPages } from "./pages.ts";
import { placeOf } from "./place.ts";

for (const [emotion, color] of Object.entries(palette)) document.documentElement.style.setProperty(`--${emotion}`, color);
localize(document);
const place = placeOf(location.search);
showPages("live", place.room);
if (place.room) setText(element("sign-text", HTMLElement), strings.analysisOnIn(place.room));
await fillNotice({ title: strings.noticeTitle, lead: strings.noticeLead, who: whoSees(place), kept: await whatIsKept(place.room) });
new LivePage(place);
