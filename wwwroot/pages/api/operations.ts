import { create } from "../../kit/elements.ts";
import { table } from "../../kit/table.ts";
import type { Content, Operation } from "./contracts.ts";
import { prose } from "./prose.ts";
import { members, typeOf } from "./shapes.ts";
import { strings } from "./strings.ts";

/** One endpoint: its description, parameters, body and responses. */
export function operationCard(method: string, path: string, operation: Operation): HTMLElement {
  const card = create("article", "card operation");
  const heading = create("h3");
  heading.append(create("span", `method ${method}`, method.toUpperCase()), create("code", "", path));
  card.append(heading, paragraph(operation.summary ?? ""));
  if (operation.description) card.append(paragraph(operation.description, "hint"));
  card.append(...parameters(operation), ...body(operation), ...answers(operation));
  return card;
}

function paragraph(text: string, className = ""): HTMLElement {
  const made = create("p", className);
  made.append(...prose(text));
  return made;
}

function parameters({ parameters = [] }: Operation): HTMLElement[] {
  if (parameters.length === 0) return [];
  const rows = parameters.map((parameter) => [
    [create("code", "", parameter.name), parameter.required ? ` ${strings.required}` : ""],
    typeOf(parameter.schema),
    prose(parameter.description ?? "", parameter.schema?.default),
  ]);
  return [create("h4", "", strings.parameters), table([strings.name, strings.type, strings.meaning], rows)];
}

function body({ requestBody }: Operation): HTMLElement[] {
  if (!requestBody?.content) return [];
  const parts = Object.entries(requestBody.content).flatMap(([type, { schema = {} }]) => {
    const title = create("p", "body-type");
    const fields = members(schema);
    title.append(create("code", "", type), " ", ...(fields ? [] : typeOf(schema)));
    return fields ? [title, fields] : [title];
  });
  return [create("h4", "", strings.body), ...parts];
}

function answers({ responses = {} }: Operation): HTMLElement[] {
  const rows = Object.entries(responses)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([status, answer]) => [[create("code", "", status)], content(answer.content), [answer.description ?? ""]]);
  return [create("h4", "", strings.answers), table([strings.status, strings.type, strings.meaning], rows)];
}

function content(content: Content = {}): (Node | string)[] {
  return Object.entries(content).flatMap(([type, { schema }]) => [...typeOf(schema), ` (${type})`]);
}
