import { create } from "../../kit/elements.ts";
import { table } from "../../kit/table.ts";
import type { Schema } from "./contracts.ts";
import { prose } from "./prose.ts";
import { strings } from "./strings.ts";

/** The anchor of a schema on this page. */
export function shapeId(name: string): string {
  return `shape-${name}`;
}

/** A value's type in words; named schemas are links. */
export function typeOf(schema: Schema | undefined): (Node | string)[] {
  if (!schema) return [];
  const { $ref, oneOf, items } = schema;
  if ($ref) {
    const name = $ref.split("/").pop() ?? "";
    const link = create("a", "", name);
    link.href = `#${shapeId(name)}`;
    return [link];
  }
  if (oneOf) {
    const some = oneOf.filter((one) => one.type !== "null").flatMap((one) => typeOf(one));
    return some.length < oneOf.length ? [...some, ` ${strings.orNothing}`] : some;
  }
  const types = [schema.type ?? []].flat();
  const plain = types.filter((type) => type !== "null");
  const described = describe(schema, plain, items);
  const limit = schema.maxItems ? `, ${strings.atMost(schema.maxItems)}` : "";
  return [...described, limit, plain.length < types.length ? ` ${strings.orNothing}` : ""];
}

function describe(schema: Schema, types: readonly string[], items: Schema | undefined): (Node | string)[] {
  if (schema.enum) return [schema.enum.join(" | ")];
  if (items) return around(strings.listOf, typeOf(items));
  if (typeof schema.additionalProperties === "object") return around(strings.byName, typeOf(schema.additionalProperties));
  return [schema.format === "binary" ? "bytes" : types.join(" | ")];
}

/** Inserts nodes into a sentence. */
function around(sentence: (what: string) => string, nodes: readonly (Node | string)[]): (Node | string)[] {
  const [before = "", after = ""] = sentence("\u0000").split("\u0000");
  return [before, ...nodes, after];
}

/** The members of an object, one per row. */
export function members(schema: Schema): HTMLElement | undefined {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) return undefined;
  const rows = properties.map(([name, member]) => [
    [create("code", "", name), schema.required?.includes(name) ? ` ${strings.required}` : ""],
    typeOf(member),
    prose(descriptionOf(member), member.default),
  ]);
  return table([strings.name, strings.type, strings.meaning], rows);
}

/** A nullable schema has its description inside. */
function descriptionOf(schema: Schema): string {
  return schema.description ?? schema.oneOf?.map((one) => one.description ?? "").find((text) => text) ?? "";
}
