"""Writes the graph once more with the trunk's convolutions in 8-bit integers, for processors that multiply those faster."""

import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from . import damage
from .data import Faces
from .network import FaceNet

PICTURES = 1024  # whose least and greatest values set the scales
# Cutting a fifth off the extremes, which few values reach, leaves the rest finer steps: on Valid the mean difference of the answers
# (total variation) was 0.57 points at 0.8, 0.69 at 1 and 0.71 at 0.6.
CUT = 0.8
MADE_FROM = "quantised_from"

Ranges = dict[str, tuple[float, float]]


@torch.no_grad()
def ranges(net: FaceNet, faces: Faces) -> Ranges:
    """The least and greatest value of what the trunk's convolutions read and make, under the tensors' names in the graph."""
    found: Ranges = {}

    def note(name: str, values: torch.Tensor) -> None:
        found[name] = (CUT * min(0.0, float(values.min())), CUT * max(0.0, float(values.max())))

    def watch(module: torch.nn.Module, name: str) -> None:
        # A rectifier follows at once where the graph has its output instead of the convolution's.
        hooks.append(module.register_forward_hook(lambda _, __, out: note(name, out.relu() if "Relu" in name else out)))

    hooks: list = []
    watch(net.stem_norm, "/Relu_output_0")
    for number, block in enumerate(net.blocks):
        place = f"/blocks/blocks.{number}"
        watch(block.first_norm, f"{place}/Relu_output_0")
        watch(block.second_norm, f"{place}/second/Conv_output_0")
        watch(block, f"{place}/Relu_1_output_0")
        if isinstance(block.shortcut, torch.nn.Sequential):
            watch(block.shortcut[-1], f"{place}/shortcut/shortcut.0/Conv_output_0")
    rng = torch.Generator().manual_seed(3)
    pick = torch.randint(len(faces), (PICTURES,), generator=rng)
    net.eval()(damage.apply(torch.from_numpy(faces.images)[pick], damage.draw(PICTURES, rng), rng))
    for hook in hooks:
        hook.remove()
    return found


def write(exact: Path, out: Path, scales: Ranges, exact_sums: bool = True) -> None:
    """Rounds what the trunk's convolutions read, hold and make; ONNX Runtime turns that into integer kernels.

    Stem, sums, squeezes, class maps and LSTM stay exact, and so does the head that the server retrains. The file names the one it
    was made from, for which alone it may stand in. Sums may also read what was rounded: a value that is read exactly as well keeps
    ONNX Runtime from fusing the steps that make it.
    """
    model = onnx.load(str(exact))
    rounding = _Rounding({constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer}, scales, exact_sums)
    for node in model.graph.node:
        rounding.add(node)
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(rounding.nodes)
    model.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in rounding.constants.items())
    helper.set_model_props(model, {MADE_FROM: hashlib.sha256(exact.read_bytes()).hexdigest()})
    onnx.checker.check_model(model)
    onnx.save(model, str(out))


class _Rounding:
    """The graph that grows: nodes and constants, a node of the exact graph at a time."""

    def __init__(self, constants: dict[str, np.ndarray], scales: Ranges, exact_sums: bool) -> None:
        self.constants, self.scales, self.exact_sums, self.nodes = constants, scales, exact_sums, []

    def add(self, node: onnx.NodeProto) -> None:
        read, made = node.input[0] if node.input else "", node.output[0]
        if node.op_type == "Conv" and read in self.scales and made != "maps":
            steps = np.abs(self.constants[node.input[1]]).reshape(len(self.constants[node.input[1]]), -1).max(1) / 127
            node.input[:] = [read + "_rounded", self._whole(node.input[1], steps, np.int8),
                             self._whole(node.input[2], steps * self._step(read), np.int32)]
        elif node.op_type == "Add" and not self.exact_sums:
            node.input[:] = [name + "_rounded" if name in self.scales else name for name in node.input]
        if made not in self.scales:
            self.nodes.append(node)
        elif node.op_type == "Conv":
            node.output[0] = made + "_exact"
            self.nodes.append(node)
            self._round(made + "_exact", made, made)
        else:
            self.nodes.append(node)
            self._round(made, made + "_rounded", made)

    def _step(self, name: str) -> float:
        low, high = self.scales[name]
        return (high - low) / 255

    def _round(self, source: str, to: str, name: str) -> None:
        step = self._step(name)
        by = [self._constant(to + "_step", np.float32(step)), self._constant(to + "_zero", np.uint8(round(-self.scales[name][0] / step)))]
        self.nodes.append(helper.make_node("QuantizeLinear", [source, *by], [to + "_bytes"]))
        self.nodes.append(helper.make_node("DequantizeLinear", [to + "_bytes", *by], [to]))

    def _whole(self, name: str, steps: np.ndarray, kind: type) -> str:
        """A convolution's weights or bias as whole numbers, each output channel in steps of its own."""
        exact = self.constants.pop(name)
        whole = np.rint(exact / steps.reshape(-1, *[1] * (exact.ndim - 1))).astype(kind)
        given = [self._constant(name + "_whole", whole), self._constant(name + "_step", steps.astype(np.float32)),
                 self._constant(name + "_zero", np.zeros(len(steps), kind))]
        self.nodes.append(helper.make_node("DequantizeLinear", given, [name + "_rounded"], axis=0))
        return name + "_rounded"

    def _constant(self, name: str, value: np.ndarray) -> str:
        self.constants[name] = np.asarray(value)
        return name
