import { fillNotice } from "../../kit/notice.ts";
import { startPage } from "../../kit/startPage.ts";
import { shared } from "../../kit/strings.ts";
import { strings } from "./strings.ts";
import "./upload.css";
import { UploadPage } from "./uploadPage.ts";

startPage("upload", strings);
await fillNotice({ title: strings.heading, lead: strings.lead, who: shared.noticeWho });
new UploadPage();
