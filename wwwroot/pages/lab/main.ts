import { startPage } from "../../kit/startPage.ts";
import "./lab.css";
import { LabPage } from "./labPage.ts";
import { strings } from "./strings.ts";

startPage("lab", strings);
new LabPage().start();
