"""From data to emotion.onnx: `python3 -m emotion` in models/training, or train-emotion.sh. See models/training/README.md."""

import argparse
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch

from . import calibrate, composites, data, export, peers, quantise, sequences, still, temporal, together, where
from .labels import LABELS
from .measure import score, score_labels, softmax
from .network import Cell, EmotionGraph, FaceNet

ROOT = Path(__file__).resolve().parents[3]
# The second and the fifth cycle also learn from the answers of the one before, which average out noise in the votes. From the
# third on there is less damage, later less weight decay too: the net was only 1 to 2 points better on Train than on Valid, so it
# was short of fitting.
CYCLES = (
    still.Plan(epochs=30, seed=1, teacher=0),
    still.Plan(epochs=20, seed=2, rate=0.08),
    still.Plan(epochs=7, seed=3, rate=0.04, teacher=0, webcam=0.2, smoothing=0.01, average=0.995),
    still.Plan(epochs=32, seed=4, rate=0.08, teacher=0, webcam=0.15, smoothing=0, average=0.998, decay=2e-4),
    still.Plan(epochs=14, seed=5, rate=0.05, teacher=0.4, webcam=0.15, smoothing=0, average=0.998, decay=2e-4),
)
# A net that began from nothing on its own errs elsewhere; with the last two cycles' it teaches the published one.
OUTSIDER = still.Plan(epochs=40, seed=11, teacher=0, webcam=0.15, smoothing=0, average=0.998, decay=3e-4)
PUBLISHED = still.Plan(epochs=32, seed=21, rate=0.06, teacher=0.6, views=6, webcam=0.15, smoothing=0, average=0.998, decay=2e-4)
TOGETHER = together.Plan()
SMOKE_TOGETHER = together.Plan(steps=3, sequences=4, stills=replace(TOGETHER.stills, views=1))
# Valid's sequences choose the average and the temperature. The table takes more: with 500, methods half a point apart changed places.
SEQUENCES, CHECKED, MEASURED, CELL_EPOCHS = 8000, 500, 2000, 5
SMOKE_SEQUENCES, SMOKE_CHECKED, SMOKE_MEASURED, SMOKE_EPOCHS = 48, 32, 32, 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emotion", description=__doc__)
    shared = ROOT.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=shared, help="folder that holds ferplus/ (default: %(default)s)")
    parser.add_argument("--baselines", type=Path, default=shared.parent / "baselines", help="other people's models, to be measured beside ours")
    parser.add_argument("--work", type=Path, default=ROOT / "models/training/work/emotion", help="checkpoints, caches")
    parser.add_argument("--out", type=Path, default=ROOT, help="repository root to write the results into")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--smoke", action="store_true", help="every step on tiny made data, written beside the caches")
    parser.add_argument("--composites", action="store_true", help="only write wwwroot/demo from the last checkpoint")
    args = parser.parse_args()
    if args.smoke:
        args.data, args.work = None, args.work.parent / "emotion-smoke"
        args.out = args.work / "out"
    elif not (args.data / "ferplus").is_dir():
        parser.error(f"no ferplus folder in {args.data}; give --data, or --smoke to run on made data")
    return args


def main() -> None:
    args = arguments()
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(args.threads)
    train, valid, test = (data.load(args.data, args.work, split) for split in data.SPLITS)
    net, teachers = train_still(train, valid, args)
    if args.composites:
        composites.make(train, net, args.out / "wwwroot/demo")
        return
    torch.manual_seed(1)
    net, lstm = together.train(net, Cell(net.embedding_size, temporal.HIDDEN), train, teachers,
                               SMOKE_TOGETHER if args.smoke else TOGETHER, args.work / "together.pt")
    leaning = calibrate.lean(net, valid)
    cells, figures, warmth = compare_cells(net, lstm, train, valid, test, args)
    still_warmth = calibrate.still_temperature(net, valid)
    graph = EmotionGraph(net, cells["lstm"], still_warmth, warmth).eval()
    demo = args.out / "wwwroot/demo"
    parameters = export.write(graph, args.out / "models/emotion.onnx")
    quantise.write(args.out / "models/emotion.onnx", args.out / "models/emotion-int8.onnx", quantise.ranges(net, train))
    export.write_golden(graph, demo, args.out / "tests/EmotionStream.Tests/Golden/emotion.json")
    where.draw(net, demo, args.out / "models/emotion-maps.png")
    difference = export.check_batches(graph)
    if difference > export.TOLERANCE:
        raise SystemExit(f"a batch differs from its faces alone by {difference}")
    report = {
        "labels": list(LABELS), "parameters": parameters,
        "hidden": graph.cell.hidden, "embedding": net.embedding_size, "opset": export.OPSET,
        "temperatures": {"still": round(still_warmth, 4), "emotions": round(warmth, 4)}, "leaning": dict(zip(LABELS, leaning.round(2).tolist())),
        "batchDifference": difference,
        "valid": score(predict_warm(net, valid, still_warmth), valid.votes).summary(),
        "test": score(predict_warm(net, test, still_warmth), test.votes).summary(),
        "peers": peers.measure(args.baselines, test) if args.baselines.is_dir() and not args.smoke else {},
        "sequences": figures,
    }
    (args.out / "models/emotion-training.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps({key: report[key] for key in ("parameters", "temperatures", "leaning", "batchDifference")}))
    print("test", {k: v for k, v in report["test"].items() if k != "confusion"})


def train_still(train: data.Faces, valid: data.Faces, args: argparse.Namespace) -> tuple[FaceNet, list[FaceNet]]:
    """The CNN on single faces, and three nets that may teach it on.

    Runs what is not done yet: the cycles, of which each gives the next its first weights, the outsider, the net that learns from them.
    """

    def run(name: str, plan: still.Plan, teachers: list[FaceNet], start: FaceNet | None) -> FaceNet:
        checkpoint = args.work / f"{name}.pt"
        still.train(train, valid, replace(plan, epochs=1) if args.smoke else plan, checkpoint, teachers, start)
        return still.load_net(checkpoint)

    cycles: list[FaceNet] = []
    for number, plan in enumerate(CYCLES, 1):
        cycles.append(run(f"still-{number}", plan, cycles[-1:] if plan.teacher else [], cycles[-1] if cycles else None))
    outsider = run("outsider", OUTSIDER, [], None)
    published = run("published", PUBLISHED, [*cycles[-2:], outsider], cycles[-1])
    return published, [cycles[-1], outsider, published]


def compare_cells(net: FaceNet, lstm: Cell, train: data.Faces, valid: data.Faces, test: data.Faces,
                  args: argparse.Namespace) -> tuple[dict[str, Cell], dict, float]:
    """A GRU over the same CNN, the comparison on sequences of Test faces, and the temperature of the LSTM's answer."""
    many, checked, measured, epochs = (
        (SMOKE_SEQUENCES, SMOKE_CHECKED, SMOKE_MEASURED, SMOKE_EPOCHS) if args.smoke else (SEQUENCES, CHECKED, MEASURED, CELL_EPOCHS))
    seen = sequences.show(net, train, sequences.write(train, many, 1), 1)
    check = sequences.show(net, valid, sequences.write(valid, checked, 2), 2)
    held = sequences.show(net, test, sequences.write(test, measured, 3), 3)
    steady = sequences.show(net, test, sequences.write(test, measured // 2, 4, steady=True), 4, clean=True)
    calm, calm_check = (sequences.show(net, faces, sequences.write(faces, count // 4, seed, steady=True), seed, clean=True)
                        for faces, count, seed in ((train, many, 5), (valid, checked, 6)))
    learned, judged = sequences.join(seen, calm), sequences.join(check, calm_check)
    cells = {"lstm": lstm, "gru": cell_of("gru", net, learned, judged, epochs, args.work)}
    average = temporal.best_average(check)
    table = temporal.compare(held, steady, average, cells)
    for row in table:
        print(row, flush=True)
    answer = temporal.answers(cells["lstm"], check).flatten(0, 1).numpy()
    warmth = calibrate.temperature(answer, check.truth.flatten().numpy())
    answer = temporal.answers(cells["lstm"], held).flatten(0, 1).numpy()
    error = score_labels(softmax(answer / warmth), held.truth.flatten().numpy()).calibration
    return cells, {"average": vars(average), "table": table, "ece": round(error, 4)}, warmth


def cell_of(kind: str, net: FaceNet, seen: sequences.Seen, check: sequences.Seen, epochs: int, work: Path) -> Cell:
    """A trained cell, taken from the work folder if it was trained over exactly this CNN."""
    mark = hashlib.sha256(b"".join(p.detach().numpy().tobytes() for p in net.parameters())).hexdigest()
    path = work / f"{kind}.pt"
    if path.exists() and (stored := torch.load(path))["over"] == mark:
        cell = Cell(net.embedding_size, temporal.HIDDEN, kind)
        cell.load_state_dict(stored["cell"])
        return cell.eval()
    cell = temporal.train(seen, check, kind, epochs, seed=1)
    torch.save({"over": mark, "cell": cell.state_dict()}, path)
    return cell


def predict_warm(net: FaceNet, faces: data.Faces, warmth: float) -> np.ndarray:
    return still.predict(net, faces.images) / warmth


if __name__ == "__main__":
    main()
