"""From data to emotion.onnx: `python3 -m emotion` in models/training, or train-emotion.sh. See models/training/README.md."""

import argparse
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch

from . import calibrate, compare, composites, data, doubt, export, over_time, peers, quantise, settled, start, still, twofold, where
from .labels import FER2013_CLASSES, FER2013_MISSING, LABELS
from .made import dataset
from .measure import score, score_labels, softmax
from .network import PRIORS, Cell, Change, EmotionGraph, FaceNet

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
SMOKE_MADE = dataset.Plan(stills=128, sequences=64, checked_stills=64, checked_sequences=64, processes=1)
# FER+ stills that change into others are the lesser half of what the LSTM learns from: (with changes, steady).
VOTED, VOTED_CHECK, SMOKE_VOTED = (1600, 600), (200, 100), (24, 12)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emotion", description=__doc__)
    shared = ROOT.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=shared, help="folder that holds ferplus/ (default: %(default)s)")
    parser.add_argument("--baselines", type=Path, default=shared.parent / "baselines", help="other people's models, to be measured beside ours")
    parser.add_argument("--work", type=Path, default=ROOT / "models/training/work/emotion", help="checkpoints, caches")
    parser.add_argument("--out", type=Path, default=ROOT, help="repository root to write the results into")
    parser.add_argument("--begin", type=Path, help="an emotion.onnx whose CNN takes the place of the first cycles, which take hours")
    parser.add_argument("--keep-cnn", action="store_true", help="with --begin: train only the LSTM, over that file's CNN and change head")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--smoke", action="store_true", help="every step on tiny made data, written beside the caches")
    parser.add_argument("--composites", action="store_true", help="only write wwwroot/demo from the last checkpoint")
    args = parser.parse_args()
    if args.keep_cnn and not args.begin:
        parser.error("--keep-cnn needs --begin")
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
    first = start.load(args.begin, train) if args.begin else train_still(train, valid, args)
    dataset.fill(args.data, args.work, SMOKE_MADE if args.smoke else dataset.Plan())
    net, change = (first, start.load_change(args.begin, first)) if args.keep_cnn else train_twofold(first, train, valid, args)
    if args.composites:
        composites.make(train, net, args.out / "wwwroot/demo")
        return
    leaning = None if args.keep_cnn else calibrate.lean(net, valid)
    cell, check = train_over_time(net, change, train, valid, args)
    temperatures = calibrate.still_temperatures(net, valid) | calibrate.temperatures_over_time(cell, check)
    graph = EmotionGraph(net, cell, temperatures).eval()
    demo = args.out / "wwwroot/demo"
    parameters = export.write(graph, args.out / "models/emotion.onnx")
    quantise.write(args.out / "models/emotion.onnx", args.out / "models/emotion-int8.onnx", quantise.ranges(net, train))
    export.write_golden(graph, demo, args.out / "tests/EmotionStream.Tests/Golden/emotion.json")
    where.draw(net, demo, args.out / "models/emotion-maps.png")
    difference = export.check_batches(graph)
    if difference > export.TOLERANCE:
        raise SystemExit(f"a batch differs from its faces alone by {difference}")
    report = {
        "labels": list(LABELS), "parameters": parameters, "hidden": cell.hidden, "state": cell.state, "embedding": net.embedding_size, "opset": export.OPSET,
        "temperatures": {name: round(value, 4) for name, value in temperatures.items()}, "leaning": leaning,
        "batchDifference": difference, "valid": figures(net, valid, temperatures), "test": figures(net, test, temperatures),
        "london": london_figures(net, args), "doubt": doubt.table(net, valid, temperatures["still_everyday"]),
        "peers": peers.measure(args.baselines, test) if args.baselines.is_dir() and not args.smoke else {},
        "moving": compare.table(check.take(check.moved), compare.best_average(check.take(check.moved)), cell, temperatures),
    }
    (args.out / "models/emotion-training.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps({key: report[key] for key in ("parameters", "temperatures", "leaning", "batchDifference", "london")}))
    print("test", {name: {k: v for k, v in figure.items() if k != "confusion"} for name, figure in report["test"].items()})
    for row in report["moving"]:
        print(row)


def train_still(train: data.Faces, valid: data.Faces, args: argparse.Namespace) -> FaceNet:
    """The CNN on single faces.

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
    return run("published", PUBLISHED, [*cycles[-2:], outsider], cycles[-1])


def train_twofold(first: FaceNet, train: data.Faces, valid: data.Faces, args: argparse.Namespace) -> tuple[FaceNet, Change]:
    """The everyday and the balanced answer, from photographs, made faces and smiles, and what the change from rest says."""
    made, checked = (stills_of(args.work, split) for split in ("train", "valid"))
    smiles, held_out = (smiles_of(args.data, held) for held in (False, True))
    plan = twofold.Plan()
    if args.smoke:
        plan = replace(plan, epochs=1, voted=32, made=8, smiling=2)
    learned = twofold.train(first, first, train, made, smiles, plan, args.work / "twofold.pt", lambda net, change: twofold.examine(net, valid, checked, held_out, change))
    net = settled.settle(first, learned)
    seen = settled.embed(net, train, made, smiles, plan)
    settled.fit_heads(net, train, torch.from_numpy(still.advise([first], train.images)).float(), seen)
    change = settled.read_change(seen, plan)
    print(twofold.examine(net, valid, checked, held_out, change), flush=True)
    return net, change


def stills_of(work: Path, split: str) -> twofold.Pairs:
    with np.load(work / f"made-{split}-stills.npz") as stored:
        return twofold.Pairs(*(torch.from_numpy(stored[name]).unflatten(0, (-1, 2)) for name in ("faces", "target")))


def smiles_of(folder: Path | None, held_out: bool) -> twofold.Pairs:
    """The London set as the emotion model sees it; its pictures are exactly what their label says, nearly."""
    faces, target = [], []
    for pictures in dataset.london(folder, held_out).values():
        by_label = dict(pictures)
        for label in ("neutral", "happy"):
            faces.append(cv2.resize(by_label[label], (data.SIDE, data.SIDE), interpolation=cv2.INTER_AREA))
            share = np.full(len(LABELS), 0.02 / (len(LABELS) - 1), np.float32)
            share[LABELS.index(label)] = 0.98
            target.append(share)
    return twofold.Pairs(torch.from_numpy(np.stack(faces)).unflatten(0, (-1, 2)), torch.from_numpy(np.stack(target)).unflatten(0, (-1, 2)))


def train_over_time(net: FaceNet, change: Change, train: data.Faces, valid: data.Faces, args: argparse.Namespace) -> tuple[Cell, over_time.Seen]:
    """The LSTM over the finished CNN, and the sequences of people that it did not learn from."""
    def look(faces: data.Faces, split: str, voted: tuple[int, int]) -> over_time.Seen:
        return sequences_of(net, faces, args.work, split, SMOKE_VOTED if args.smoke else voted)

    check = look(valid, "valid", VOTED_CHECK)
    mark = hashlib.sha256(b"".join(p.detach().numpy().tobytes() for p in net.parameters())).hexdigest()
    path, plan = args.work / "cell.pt", over_time.Plan(epochs=1 if args.smoke else over_time.Plan.epochs)
    if path.exists() and (stored := torch.load(path))["over"] == mark:
        cell = Cell(net.embedding_size, plan.hidden)
        cell.load_state_dict(stored["cell"])
        return cell.eval(), check
    calm = torch.from_numpy(twofold.predict(net, train.images[train.votes[:, 0] >= dataset.CALM_VOTES][:2000])[2].mean(0))
    cell = over_time.train(look(train, "train", VOTED), check, calm, change, plan)
    torch.save({"over": mark, "cell": cell.state_dict()}, path)
    return cell, check


def sequences_of(net: FaceNet, faces: data.Faces, work: Path, split: str, voted: tuple[int, int]) -> over_time.Seen:
    """One person's motion and FER+ stills, as the CNN sees them; kept in the work folder beside a mark of the CNN."""
    seed = 1 if split == "train" else 2
    with np.load(work / f"made-{split}-sequences.npz") as stored:
        moving, clean = (over_time.see(net, stored["frames"], stored["elapsed"], stored["target"], seed, clean) for clean in (False, True))
    changing, steady = (over_time.see_stills(net, faces, count, seed + 10 * calm, bool(calm)) for calm, count in enumerate(voted))
    return over_time.join(moving, clean, changing, steady)


def figures(net: FaceNet, faces: data.Faces, temperatures: dict[str, float]) -> dict[str, dict]:
    """Single faces under both answers: FER+ by its protocol, and FER2013's own labels."""
    everyday, balanced, _ = twofold.predict(net, faces.images)
    known = faces.original != FER2013_MISSING
    found = {"everyday": score(everyday / temperatures["still_everyday"], faces.votes).summary(),
             "balanced": score(balanced / temperatures["still_balanced"], faces.votes).summary()}
    original = score_labels(softmax(balanced[known][:, :FER2013_CLASSES]), faces.original[known], FER2013_CLASSES)
    return found | {"fer2013": {"accuracy": round(original.accuracy, 4), "meanRecall": round(original.mean_recall, 4)}}


def london_figures(net: FaceNet, args: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Rest and gentle smile of the people held out."""
    smiles = smiles_of(args.data, held_out=True)
    truth = smiles.target.flatten(0, 1).argmax(1).numpy()
    answers = dict(zip(("everyday", "balanced"), twofold.predict(net, smiles.images.flatten(0, 1).numpy())))
    return {name: {LABELS[k]: round(float((answer.argmax(1)[truth == k] == k).mean()), 4) for k in (0, 1)} for name, answer in answers.items()}


if __name__ == "__main__":
    main()
