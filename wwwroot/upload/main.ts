import { palette } from "../client/palette.ts";
import { element } from "../live/elements.ts";
import { fillNotice } from "../live/notice.ts";
import { showPages } from "../live/pages.ts";
import { wireTheme } from "../live/theme.ts";
import { localize, strings } from "../strings.ts";
import "./upload.css";
import { UploadPage } from "./uploadPage.ts";

for (const [emotion, color] of Object.entries(palette)) document.documentElement.style.setProperty(`--${emotion}`, color);
localize(document);
showPages("upload");
wireTheme(element("theme", HTMLButtonElement), () => undefined);
await fillNotice({ title: strings.uploadHeading, lead: strings.uploadLead, who: strings.noticeWho });
new UploadPage();
