import { create } from "../live/elements.ts";
import type { ModelDescription, Tensor } from "./contracts.ts";
import { details, table } from "./table.ts";
import { decimal, number } from "../numbers.ts";
import { words } from "./words.ts";

/** What a model file is: name, size, where it runs, what goes in and what comes out. */
export function facts(model: ModelDescription<unknown>): HTMLElement {
  const box = create("div", "model-facts");
  const list = create("dl");
  const add = (name: string, value: string, className = ""): void => {
    const pair = create("div", className);
    pair.append(create("dt", "", name), create("dd", "", value));
    list.append(pair);
  };
  add(words.file, model.file);
  add(words.parameters, number(model.parameters));
  add(words.size, `${decimal(model.bytes / 1e6)} MB`);
  add(words.device, words.devices[model.device] ?? model.device);
  add(words.precision, words.precisions[model.precision] ?? model.precision);
  add(words.hash, model.sha256, "hash");
  box.append(list, details(words.interfaceTitle, tensors(words.input, model.inputs), tensors(words.output, model.outputs)));
  return box;
}

function tensors(kind: string, all: readonly Tensor[]): HTMLElement {
  const sizes = (shape: readonly number[]): string => shape.map((size) => (size < 0 ? words.free : String(size))).join(" × ");
  return table([kind, words.tensorShape], all.map(({ name, shape }) => [name, sizes(shape)]));
}
