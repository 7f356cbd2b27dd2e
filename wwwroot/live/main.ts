import { palette } from "../client/palette.ts";
import { localize } from "../strings.ts";
import { LivePage } from "./livePage.ts";
import { placeOf } from "./place.ts";
import { tellPlace } from "./placeNotice.ts";

for (const [emotion, color] of Object.entries(palette)) document.documentElement.style.setProperty(`--${emotion}`, color);
localize(document);
const place = placeOf(location.search);
tellPlace(place);
new LivePage(place);
