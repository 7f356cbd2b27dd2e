"""Trains the CNN on single faces: vote distributions, FER2013 labels as a second target, teachers if there are any."""

import copy
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import damage
from .data import Faces, target_distribution
from .labels import FER2013_CLASSES, FER2013_MISSING, LABELS
from .measure import Score, score, softmax
from .network import FaceNet


@dataclass(frozen=True)
class Plan:
    """What one CNN run does; stored in its checkpoint."""

    epochs: int = 30
    batch: int = 128
    rate: float = 0.1
    decay: float = 5e-4
    average: float = 0.999  # weight average over about 1,000 steps
    balance: float = 0.3  # a class is drawn as often as its share to the power (1 - balance) says
    original: float = 0.3  # weight of the FER2013 label's loss
    smoothing: float = 0.03
    webcam: float = 0.35
    teacher: float = 0.6  # share of the teachers in the target
    views: int = 0  # damaged views of each picture that the teachers answer; 0: they see it undamaged, once for all damage
    widths: tuple[int, ...] = (32, 64, 160)
    depths: tuple[int, ...] = (1, 2, 2)
    seed: int = 1


def fast_context(enabled: bool):
    """bfloat16 on processors that have it (4.5 times faster there); plain float32 elsewhere."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=enabled)


def has_bfloat16() -> bool:
    cpu = Path("/proc/cpuinfo")
    return cpu.exists() and "avx512_bf16" in cpu.read_text()


class Sampler:
    """Endless batches, rare classes more often; its place is a step number, so a resumed run draws the same."""

    def __init__(self, faces: Faces, plan: Plan, teachers: list[FaceNet]) -> None:
        self.images = torch.from_numpy(faces.images)
        target, weight = target_distribution(faces.votes)
        prior = (target * weight[:, None]).sum(0)
        rarity = (prior / prior.sum()) ** -plan.balance
        chance = (target * rarity).sum(1) * weight
        self.chance = torch.from_numpy(chance / chance.mean())
        target = target * (1 - plan.smoothing) + plan.smoothing / len(LABELS)
        if teachers and not plan.views:
            target = (1 - plan.teacher) * target + plan.teacher * advise(teachers, faces.images)
        self.target = torch.from_numpy(target.astype(np.float32))
        self.original = torch.from_numpy(faces.original)
        self.plan = plan
        self.album = Album(self.images, plan, teachers) if teachers and plan.views else None

    def batch(self, step: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        rng = torch.Generator().manual_seed(self.plan.seed * 1_000_003 + step)
        pick = torch.multinomial(self.chance, self.plan.batch, replacement=True, generator=rng)
        target, original = self.target[pick], self.original[pick]
        if self.album is None:
            return damage.apply(self.images[pick], damage.draw(self.plan.batch, rng, self.plan.webcam), rng), target, original
        faces, advice = self.album.open(pick, rng)
        return faces, target.lerp(advice, self.plan.teacher), original


class Album:
    """Damaged views of every picture with the teachers' mean answer to each.

    Advice on the very view that the net sees tells what is left to see in it (Beyer et al. 2022, "a good teacher is patient and
    consistent"); a few views drawn once cost a fifth of asking the teachers again at every step.
    """

    def __init__(self, images: torch.Tensor, plan: Plan, teachers: list[FaceNet], batch: int = 256) -> None:
        self.faces = torch.empty(plan.views, *images.shape, dtype=torch.uint8)
        self.advice = torch.empty(plan.views, len(images), len(LABELS))
        for view in range(plan.views):
            rng = torch.Generator().manual_seed(plan.seed * 1_000_003 - 1 - view)
            for at in range(0, len(images), batch):
                rows = images[at:at + batch]
                faces = damage.apply(rows, damage.draw(len(rows), rng, plan.webcam), rng)
                self.faces[view, at:at + batch] = faces[:, 0].round().to(torch.uint8)
            with fast_context(has_bfloat16()):
                answers = sum(softmax(predict(teacher, self.faces[view].numpy())) for teacher in teachers)
            self.advice[view] = torch.from_numpy(answers / len(teachers))
            print(f"\rviews {view + 1}/{plan.views}", end="", flush=True)

    def open(self, pick: torch.Tensor, rng: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """A view of each picked picture, mirrored every other time, and the advice on it."""
        view = torch.randint(len(self.faces), pick.shape, generator=rng)
        faces = self.faces[view, pick].float().unsqueeze(1)
        mirrored = torch.rand(len(pick), 1, 1, 1, generator=rng) < 0.5
        return torch.where(mirrored, faces.flip(3), faces), self.advice[view, pick]


def learning_rate(plan: Plan, done: float) -> float:
    """One cycle: a fifth of the way up, a cosine down to nothing."""
    if done < 0.2:
        return plan.rate * (0.05 + 0.95 * done / 0.2)
    return plan.rate * 0.5 * (1 + math.cos(math.pi * (done - 0.2) / 0.8))


def train(faces: Faces, valid: Faces, plan: Plan, checkpoint: Path, teachers: list[FaceNet],
          start: FaceNet | None = None) -> FaceNet:
    """Runs or resumes `plan` and returns the averaged network; `start` gives the first weights of a further cycle."""
    torch.manual_seed(plan.seed)
    net = FaceNet(plan.widths, plan.depths).to(memory_format=torch.channels_last)
    if start is not None:
        net.load_state_dict(start.state_dict())
    average = copy.deepcopy(net).eval()
    optimiser = torch.optim.SGD(groups(net, plan), plan.rate, momentum=0.9, nesterov=True)
    first = 0
    if checkpoint.exists():
        stored = torch.load(checkpoint)
        net.load_state_dict(stored["net"])
        average.load_state_dict(stored["average"])
        optimiser.load_state_dict(stored["optimiser"])
        first = stored["epoch"]
    if first >= plan.epochs:
        return average
    sampler, fast = Sampler(faces, plan, teachers), has_bfloat16()
    steps = max(1, len(faces) // plan.batch)
    for epoch in range(first, plan.epochs):
        began, total = time.time(), 0.0
        net.train()
        for i in range(steps):
            step = epoch * steps + i
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(plan, step / (plan.epochs * steps))
            total += _step(net, optimiser, sampler.batch(step), plan, fast)
            follow(average, net, min(plan.average, (step + 1) / (step + 20)))
            if i % 20 == 19 or i == steps - 1:
                print(f"\r{checkpoint.stem} {epoch + 1}/{plan.epochs} [{'#' * (20 * (i + 1) // steps):<20}] "
                      f"loss {total / (i + 1):.4f}", end="", flush=True)
        result = score(predict(average, valid.images), valid.votes)
        print(f"  valid {result.accuracy:.4f} recall {result.mean_recall:.4f} nll {result.loss:.4f} "
              f"{time.time() - began:.0f}s", flush=True)
        save(checkpoint, average, plan, result, net=net.state_dict(), optimiser=optimiser.state_dict(), epoch=epoch + 1)
    return average


def groups(net: FaceNet, plan: Plan) -> list[dict]:
    """What is to learn, with no decay for biases and norms: it only shifts them away from where the data wants them."""
    learning = [p for p in net.parameters() if p.requires_grad]
    heavy = [p for p in learning if p.ndim > 1]
    light = [p for p in learning if p.ndim <= 1]
    return [{"params": heavy, "weight_decay": plan.decay}, {"params": light, "weight_decay": 0.0}]


def _step(net: FaceNet, optimiser: torch.optim.Optimizer, batch: tuple, plan: Plan, fast: bool) -> float:
    faces, target, original = batch
    faces = faces.contiguous(memory_format=torch.channels_last)
    with fast_context(fast):
        logits, second = net(faces)
    loss = -(target * F.log_softmax(logits.float(), 1)).sum(1).mean()
    if (original != FER2013_MISSING).any():
        loss = loss + plan.original * F.cross_entropy(second.float()[:, :FER2013_CLASSES], original, ignore_index=FER2013_MISSING)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
    optimiser.step()
    return float(loss.detach())


@torch.no_grad()
def advise(teachers: list[FaceNet], images: np.ndarray) -> np.ndarray:
    """The teachers' mean answer to each undamaged picture and its mirror image; computed once, so advice is free."""
    total = np.zeros((len(images), len(LABELS)))
    with fast_context(has_bfloat16()):
        for teacher in teachers:
            for view in (images, np.ascontiguousarray(images[:, :, ::-1])):
                total += softmax(predict(teacher, view))
    return total / (2 * len(teachers))


@torch.no_grad()
def follow(average: torch.nn.Module, net: torch.nn.Module, keep: float) -> None:
    for kept, new in zip(average.state_dict().values(), net.state_dict().values()):
        if kept.is_floating_point():
            kept.lerp_(new, 1 - keep)
        else:
            kept.copy_(new)


@torch.no_grad()
def predict(net: FaceNet, images: np.ndarray, batch: int = 256) -> np.ndarray:
    """Logits [N,8] for uint8 pictures [N,48,48], in float32 as the exported graph computes."""
    net.eval()
    parts = []
    for i in range(0, len(images), batch):
        faces = torch.from_numpy(images[i:i + batch]).float().unsqueeze(1)
        parts.append(net(faces.contiguous(memory_format=torch.channels_last))[0].float())
    return torch.cat(parts).numpy()


def save(path: Path, average: FaceNet, plan: Plan, result: Score, **more) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    torch.save({"average": average.state_dict(), "plan": vars(plan), "valid": result.summary(), **more}, fresh)
    fresh.replace(path)


def load_net(path: Path) -> FaceNet:
    """The averaged network of a checkpoint, ready to answer."""
    stored = torch.load(path)
    net = FaceNet(tuple(stored["plan"]["widths"]), tuple(stored["plan"]["depths"]))
    net.load_state_dict(stored["average"])
    return net.eval().to(memory_format=torch.channels_last)
