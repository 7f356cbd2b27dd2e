import type { ModelDescription, TensorDescription } from "../../client/contracts.generated.ts";
import { create } from "../../kit/elements.ts";
import { decimal, number } from "../../kit/numbers.ts";
import { details, table } from "../../kit/table.ts";
import { strings } from "./strings.ts";

/** Facts about a model file: name, size, device, inputs and outputs. */
export function facts(model: ModelDescription): HTMLElement {
  const box = create("div", "model-facts");
  const list = create("dl");
  const add = (name: string, value: string, className = ""): void => {
    const pair = create("div", className);
    pair.append(create("dt", "", name), create("dd", "", value));
    list.append(pair);
  };
  add(strings.file, model.file);
  add(strings.parameters, number(model.parameters));
  add(strings.size, `${decimal(model.bytes / 1e6)} MB`);
  add(strings.device, strings.devices[model.device] ?? model.device);
  add(strings.precision, strings.precisions[model.precision] ?? model.precision);
  add(strings.hash, model.sha256, "hash");
  box.append(list, details(strings.interfaceTitle, tensors(strings.input, model.inputs), tensors(strings.output, model.outputs)));
  return box;
}

function tensors(kind: string, all: readonly TensorDescription[]): HTMLElement {
  const sizes = (shape: readonly number[]): string => shape.map((size) => (size < 0 ? strings.free : String(size))).join(" × ");
  return table([kind, strings.tensorShape], all.map(({ name, shape }) => [name, sizes(shape)]));
}
