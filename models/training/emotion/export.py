"""Writes the ONNX graph, checks what it promises, and records golden answers for the server's equality test."""

import base64
import json
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from onnx import numpy_helper

from .data import SIDE
from .network import EmotionGraph

INPUTS = ("faces", "h", "c", "elapsed")
OUTPUTS = ("emotions", "still", "embedding", "maps", "h'", "c'", "emotions_everyday", "emotions_balanced", "still_balanced")
OPSET = 17
TOLERANCE = 1e-4
DEFAULT_ELAPSED = 0.1  # seconds: ten frames a second, for a caller that leaves the input out


def write(graph: EmotionGraph, path: Path) -> int:
    """Exports with a free batch size and a default for `elapsed`; returns how many parameters the file holds, norms folded in."""
    graph.eval().to(memory_format=torch.contiguous_format)
    state = torch.zeros(2, graph.cell.state)
    example = (torch.rand(2, 1, SIDE, SIDE) * 255, state, state, torch.full((2, 1), 0.1))
    # Traced under neutral names: the exporter does not accept an apostrophe, ONNX does.
    neutral = [name.replace("'", "_next") for name in OUTPUTS]
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(graph, example, str(path), input_names=list(INPUTS), output_names=neutral, opset_version=OPSET,
                      dynamic_axes={name: {0: "B"} for name in [*INPUTS, *neutral]} | {"elapsed": {0: "B or 1"}})
    model = onnx.load(str(path))
    _rename(model, dict(zip(neutral, OUTPUTS)))
    _shape(model, graph(*example))
    default = np.full((1, 1), DEFAULT_ELAPSED, np.float32)
    model.graph.initializer.append(numpy_helper.from_array(default, "elapsed"))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return sum(int(np.prod(tensor.dims)) for tensor in model.graph.initializer if tensor.data_type == onnx.TensorProto.FLOAT)


def _rename(model: onnx.ModelProto, names: dict[str, str]) -> None:
    for node in model.graph.node:
        node.output[:] = [names.get(name, name) for name in node.output]
        node.input[:] = [names.get(name, name) for name in node.input]
    for output in model.graph.output:
        output.name = names.get(output.name, output.name)


def _shape(model: onnx.ModelProto, answers: tuple[torch.Tensor, ...]) -> None:
    """States the sizes of the outputs, which the exporter does not follow through a split."""
    for output, answer in zip(model.graph.output, answers):
        for place, size in list(zip(output.type.tensor_type.shape.dim, answer.shape))[1:]:
            place.dim_value = size


def golden_faces(composites: Path) -> list[tuple[str, np.ndarray]]:
    """Pictures of nobody: flat, gradient, noise, waves, and the averaged faces of the demonstration if they exist."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    rng = np.random.default_rng(7)
    faces = [
        ("black", np.zeros((SIDE, SIDE))),
        ("white", np.full((SIDE, SIDE), 255.0)),
        ("gradient", columns * 255 / (SIDE - 1)),
        ("noise", rng.uniform(0, 255, (SIDE, SIDE))),
        ("waves", 127.5 + 100 * np.sin(columns / 3) * np.cos(rows / 5)),
    ]
    for file in sorted(composites.glob("*.png"))[:8]:
        image = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
        faces.append((file.stem, cv2.resize(image, (SIDE, SIDE), interpolation=cv2.INTER_AREA)))
    return [(name, np.clip(np.rint(face), 0, 255).astype(np.uint8)) for name, face in faces]


@torch.no_grad()
def write_golden(graph: EmotionGraph, composites: Path, path: Path) -> None:
    """Two steps of every face: from an empty state, then from made-up states with different waits."""
    graph.eval()
    named = golden_faces(composites)
    faces = torch.from_numpy(np.stack([face for _, face in named])).float().unsqueeze(1)
    rng = torch.Generator().manual_seed(11)
    empty = torch.zeros(len(named), graph.cell.state)
    h, c = _states(graph, len(named), rng)
    waits = torch.tensor([[(0.0, 0.001, 0.033, 0.1, 0.25, 1.0, 7.0)[i % 7]] for i in range(len(named))])
    steps = [_step(graph, faces, empty, empty, torch.zeros(len(named), 1)), _step(graph, faces, h, c, waits)]
    pictures = [{"name": name, "bytes": base64.b64encode(face.tobytes()).decode()} for name, face in named]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"side": SIDE, "tolerance": TOLERANCE, "faces": pictures, "steps": steps}) + "\n")


def _states(graph: EmotionGraph, count: int, rng: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Made-up states as a track may have them: any for the LSTM, and a rest face that was seen for a moment."""
    cell = graph.cell
    empty = [torch.zeros(count, size) for size in cell.rest.sizes]
    away = cell.rest.calm * (torch.rand(count, len(cell.rest.calm), generator=rng) - 0.5)
    rest = cell.rest.follow(*empty, away, torch.rand(count, 1, generator=rng), torch.full((count, 1), 0.2))
    output = torch.rand(count, cell.hidden, generator=rng) * 1.6 - 0.8
    inner = torch.rand(count, cell.hidden, generator=rng) * 4 - 2
    return torch.cat([output, *rest, inner], 1).split(cell.state, 1)


def _step(graph: EmotionGraph, faces: torch.Tensor, h: torch.Tensor, c: torch.Tensor, elapsed: torch.Tensor) -> dict:
    values = {"h": h, "c": c, "elapsed": elapsed, **dict(zip(OUTPUTS, graph(faces, h, c, elapsed)))}
    return {name: [[float(f"{x:.7g}") for x in row] for row in value.flatten(1).tolist()] for name, value in values.items()}


@torch.no_grad()
def check_batches(graph: EmotionGraph) -> float:
    """The greatest difference between a batch of eight and eight batches of one."""
    rng = torch.Generator().manual_seed(5)
    faces = torch.rand(8, 1, SIDE, SIDE, generator=rng) * 255
    h, c = _states(graph, 8, rng)
    elapsed = torch.rand(8, 1, generator=rng)
    together = graph(faces, h, c, elapsed)
    alone = [graph(faces[i:i + 1], h[i:i + 1], c[i:i + 1], elapsed[i:i + 1]) for i in range(8)]
    return max(float((whole - torch.cat(parts)).abs().max()) for whole, parts in zip(together, zip(*alone)))
