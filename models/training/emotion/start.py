"""Takes a network's weights back from its ONNX file, for a training that goes on where no checkpoint is left."""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from . import damage
from .data import Faces
from .network import Change, FaceNet

PICTURES = 2048


@torch.no_grad()
def load(path: Path, faces: Faces) -> FaceNet:
    """The CNN of a published file. Norms were folded into the convolutions; their statistics are measured again on training pictures."""
    graph = onnx.load(str(path)).graph
    stored = _stored(graph)
    # The norms' convolutions lost their names in the export; their outputs kept them.
    folded = {node.output[0].removeprefix("/").removesuffix("/Conv_output_0").replace("/", "."): (stored[node.input[1]], stored[node.input[2]])
              for node in graph.node if node.op_type == "Conv"}
    net = FaceNet()
    named = dict(net.named_parameters())
    for name, value in stored.items():
        if name.startswith("net.") and (own := name.removeprefix("net.")) in named:
            named[own].copy_(value)
    rng = torch.Generator().manual_seed(3)
    pick = torch.randint(len(faces), (PICTURES,), generator=rng)
    shown = damage.apply(torch.from_numpy(faces.images)[pick], damage.draw(PICTURES, rng, 0.15), rng)
    pairs = [("stem", net.stem, net.stem_norm)]
    for number, block in enumerate(net.blocks):
        pairs += [(f"blocks.blocks.{number}.first", block.first, block.first_norm), (f"blocks.blocks.{number}.second", block.second, block.second_norm)]
        if isinstance(block.shortcut, torch.nn.Sequential):
            pairs.append((f"blocks.blocks.{number}.shortcut.shortcut.0", block.shortcut[-2], block.shortcut[-1]))
    net.eval()
    for name, convolution, norm in pairs:
        weight, bias = folded[name]
        # The export makes one convolution of a shortcut's mean and its 1x1 convolution.
        convolution.weight.copy_(weight.sum((2, 3), keepdim=True) if convolution.kernel_size == (1, 1) else weight)
        _take(net, shown, convolution, norm, bias)
    return net.to(memory_format=torch.channels_last)


def load_change(path: Path, net: FaceNet) -> Change:
    """The change head of a published file."""
    head, prefix = Change(net.embedding_size), "cell.moved."
    stored = _stored(onnx.load(str(path)).graph)
    head.load_state_dict({name.removeprefix(prefix): value for name, value in stored.items() if name.startswith(prefix)})
    return head.eval()


def _stored(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    return {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}


def _take(net: FaceNet, shown: torch.Tensor, convolution: torch.nn.Conv2d, norm: torch.nn.BatchNorm2d, bias: torch.Tensor) -> None:
    """Gives a norm what its convolution puts out, so that the two together add the folded bias and nothing else."""
    held: list[torch.Tensor] = []
    hook = convolution.register_forward_hook(lambda _, __, out: held.append(out))
    for rows in shown.split(128):
        net.features(rows)
    hook.remove()
    variance, mean = torch.var_mean(torch.cat(held), (0, 2, 3), unbiased=False)
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.copy_((variance + norm.eps).sqrt())
    norm.bias.copy_(bias + mean)


