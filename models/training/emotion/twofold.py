"""Teaches the CNN two answers over one embedding: the everyday one from FER+ votes, the balanced one from everything that knows rare expressions."""

import copy
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from . import cover, damage
from .data import Faces, protocol, target_distribution
from .labels import FER2013_CLASSES, FER2013_MISSING, LABELS
from .measure import score, score_labels, softmax
from .network import FaceNet
from .still import fast_context, follow, has_bfloat16


@dataclass(frozen=True)
class Plan:
    """What the run does; the weights of its targets are relative to the everyday answer's, which is 1."""

    epochs: int = 10
    voted: int = 96  # FER+ pictures a step
    made: int = 48
    smiling: int = 6  # pictures of the London set
    rate: float = 0.03
    decay: float = 2e-4
    average: float = 0.998
    balance: float = 0.4  # a class is drawn as often as its share to the power (1 - balance) says
    advice: float = 0.5  # share of the net that it began from in the everyday target
    votes: float = 0.35
    original: float = 0.5
    drawn: float = 0.5
    smiles: float = 0.3
    webcam: float = 0.25
    covered: float = 0.12
    seed: int = 41


@dataclass
class Pictures:
    """Labelled pictures besides FER+: made stills or the London set."""

    images: torch.Tensor  # [N,48,48]
    target: torch.Tensor  # [N,8]

    def draw(self, count: int, rng: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        pick = torch.randint(len(self.images), (count,), generator=rng)
        return self.images[pick], self.target[pick]


class Voted:
    """FER+ Train, rare classes more often, and what its answers have to be adjusted by to be balanced."""

    def __init__(self, faces: Faces, plan: Plan) -> None:
        self.images, self.original = torch.from_numpy(faces.images), torch.from_numpy(faces.original)
        target, weight = target_distribution(faces.votes)
        prior = (target * weight[:, None]).sum(0)
        chance = (target * (prior / prior.sum()) ** -plan.balance).sum(1) * weight
        self.chance, self.target = torch.from_numpy(chance / chance.mean()), torch.from_numpy(target)
        # What is drawn has this prior; a logit that is taught with it added answers as if every class were as likely (Menon et al. 2021).
        self.prior = torch.from_numpy(np.log((target * chance[:, None]).sum(0) / chance.sum())).float()
        known = faces.original != FER2013_MISSING
        counts = np.bincount(faces.original[known], chance[known], FER2013_CLASSES)
        self.original_prior = torch.from_numpy(np.log(counts / counts.sum())).float()

    def draw(self, count: int, rng: torch.Generator) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        pick = torch.multinomial(self.chance, count, replacement=True, generator=rng)
        return self.images[pick], self.target[pick], self.original[pick]


def train(start: FaceNet, faces: Faces, made: Pictures, smiles: Pictures, plan: Plan, checkpoint: Path, check) -> FaceNet:
    """Runs or resumes `plan` from the weights of `start`, which also advises the everyday answer; returns the averaged network."""
    net = copy.deepcopy(start).to(memory_format=torch.channels_last)
    adviser, average = copy.deepcopy(start).eval(), copy.deepcopy(net).eval()
    heavy = [p for p in net.parameters() if p.ndim > 1]
    light = [p for p in net.parameters() if p.ndim <= 1]
    optimizer = torch.optim.SGD([{"params": heavy, "weight_decay": plan.decay}, {"params": light, "weight_decay": 0.0}],
                                plan.rate, momentum=0.9, nesterov=True)
    first = 0
    if checkpoint.exists():
        stored = torch.load(checkpoint)
        net.load_state_dict(stored["net"])
        average.load_state_dict(stored["average"])
        optimizer.load_state_dict(stored["optimizer"])
        first = stored["epoch"]
    voted = Voted(faces, plan)
    made_prior = made.target.mean(0).log()
    steps = len(faces) // plan.voted
    for epoch in range(first, plan.epochs):
        began, total = time.time(), 0.0
        net.train()
        for part in net.modules():
            # Drawn and photographed faces share a batch; the norms keep the statistics of photographs.
            if isinstance(part, nn.BatchNorm2d):
                part.eval()
        for i in range(steps):
            step = epoch * steps + i
            for group in optimizer.param_groups:
                group["lr"] = plan.rate * _share(step / (plan.epochs * steps))
            loss = _loss(net, adviser, voted, made, made_prior, smiles, plan, torch.Generator().manual_seed(plan.seed * 1_000_003 + step))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            follow(average, net, min(plan.average, (step + 1) / (step + 20)))
            total += float(loss.detach())
            if i % 20 == 19:
                print(f"\rtwofold {epoch + 1}/{plan.epochs} {i + 1}/{steps} loss {total / (i + 1):.4f} {(time.time() - began) / (i + 1):.2f}s a step", end="", flush=True)
        print(f"\n{check(average)} {time.time() - began:.0f}s", flush=True)
        fresh = checkpoint.with_suffix(".new")
        torch.save({"net": net.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1, "plan": vars(plan)}, fresh)
        fresh.replace(checkpoint)
    return average


def _share(done: float) -> float:
    return 0.05 + 9.5 * done if done < 0.1 else 0.5 * (1 + math.cos(math.pi * (done - 0.1) / 0.9))


def _loss(net, adviser, voted: Voted, made: Pictures, made_prior, smiles: Pictures, plan: Plan, rng: torch.Generator) -> torch.Tensor:
    images, votes, original = voted.draw(plan.voted, rng)
    drawn, drawn_target = made.draw(plan.made, rng)
    smiling, smile_target = smiles.draw(plan.smiling, rng)
    shown = cover.some(torch.cat([images, drawn, smiling]), plan.covered, rng)
    shown = damage.apply(shown, damage.draw(len(shown), rng, plan.webcam), rng).contiguous(memory_format=torch.channels_last)
    with fast_context(has_bfloat16()):
        everyday, balanced = net(shown)
        with torch.no_grad():
            advice = adviser(shown[: plan.voted])[0].float().softmax(1)
    everyday, balanced = everyday.float(), balanced.float()
    a, b = plan.voted, plan.voted + plan.made
    loss = _distance(everyday[:a], votes.lerp(advice, plan.advice))
    loss = loss + plan.votes * _distance(balanced[:a] + voted.prior, votes)
    loss = loss + plan.original * F.cross_entropy(balanced[:a, :FER2013_CLASSES] + voted.original_prior, original, ignore_index=FER2013_MISSING)
    loss = loss + plan.drawn * _distance(balanced[a:b] + made_prior, drawn_target)
    return loss + plan.smiles * (_distance(everyday[b:], smile_target) + _distance(balanced[b:], smile_target))


def _distance(answer: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return -(target * F.log_softmax(answer, 1)).sum(1).mean()


@torch.no_grad()
def predict(net: FaceNet, images: np.ndarray, batch: int = 256) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Everyday and balanced logits and the embedding of uint8 pictures [N,48,48], in float32."""
    net.eval()
    parts: list[tuple] = []
    for i in range(0, len(images), batch):
        shown = torch.from_numpy(np.ascontiguousarray(images[i:i + batch])).float().unsqueeze(1)
        embedding = net.features(shown.contiguous(memory_format=torch.channels_last)).float().mean((2, 3))
        parts.append((*net.answers(embedding), embedding))
    return tuple(torch.cat(column).numpy() for column in zip(*parts))


def examine(net: FaceNet, faces: Faces, made: Pictures, smiles: Pictures) -> dict:
    """The figures that choose: FER+ in both answers, FER2013's labels and made faces balanced, London smiles in both."""
    everyday, balanced, _ = predict(net, faces.images)
    plain, rare = score(everyday, faces.votes), score(balanced, faces.votes)
    known = faces.original != FER2013_MISSING
    original = score_labels(softmax(balanced[known][:, :FER2013_CLASSES]), faces.original[known], FER2013_CLASSES)
    drawn = score_labels(softmax(predict(net, made.images.numpy())[1]), made.target.argmax(1).numpy())
    smile = smiles.target.argmax(1).numpy()
    calm, _, _ = (found := predict(net, smiles.images.numpy()))
    both = [[float((answer.argmax(1)[smile == k] == k).mean()) for k in (0, 1)] for answer in found[:2]]
    return {"everyday": round(plain.accuracy, 4), "recall": round(plain.mean_recall, 4), "balanced": round(rare.accuracy, 4), "balancedRecall": round(rare.mean_recall, 4),
            "rareRecalls": np.round(rare.recalls, 2).tolist(), "fer2013": round(original.mean_recall, 4), "made": np.round(drawn.recalls, 2).tolist(),
            "london": np.round(both, 3).tolist()}


# How far from the net that it began from to the one that it became: on Valid, the mean of their weights keeps more of what each can do than
# either (Wortsman et al. 2022). FER+ everyday, balanced recall and made stills at 0.6, 0.8 and 1: 87.6, 79.9, 54.1; 87.4, 79.6, 57.7; 86.8, 78.1, 60.4%.
TOWARD = 0.75


def settle(first: FaceNet, learned: FaceNet, faces: Faces, made: Pictures, smiles: Pictures, plan: Plan) -> FaceNet:
    """The mean of both nets' weights, with the shift of the balanced answer fitted to it half of the way."""
    net = copy.deepcopy(learned)
    before = first.state_dict()
    with torch.no_grad():
        for name, value in net.state_dict().items():
            if value.is_floating_point() and not name.startswith("shift"):
                value.copy_(torch.lerp(before[name], value, TOWARD))
    weight, bias = _fit_shift(net, faces, made, smiles, plan)
    with torch.no_grad():
        net.shift.weight.lerp_(weight, 0.5)
        net.shift.bias.lerp_(bias, 0.5)
    return net.eval()


def _fit_shift(net: FaceNet, faces: Faces, made: Pictures, smiles: Pictures, plan: Plan) -> tuple[torch.Tensor, torch.Tensor]:
    """The shift with the least loss over embeddings that stay as they are: every source as it comes, the smiles four times."""
    rng = torch.Generator().manual_seed(plan.seed)
    target, heed = target_distribution(faces.votes)
    prior = torch.from_numpy(np.log((target * heed[:, None]).sum(0) / heed.sum())).float()
    known = faces.original != FER2013_MISSING
    original_prior = torch.from_numpy(np.log(np.bincount(faces.original[known], minlength=FER2013_CLASSES) / known.sum())).float()
    votes, original = torch.from_numpy(target * heed[:, None]), torch.from_numpy(faces.original)
    voted, drawn, smiling = (_embed(net, images, plan, rng) for images in (torch.from_numpy(faces.images), made.images, smiles.images.repeat(4, 1, 1)))
    fixed = [net.answers(embedding)[0].detach() for embedding in (voted, drawn, smiling)]
    weight, bias = (parameter.detach().clone().requires_grad_(True) for parameter in (net.shift.weight, net.shift.bias))
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=120, history_size=20, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        balanced = [own + F.linear(embedding, weight, bias) for own, embedding in zip(fixed, (voted, drawn, smiling))]
        total = _distance(balanced[0] + prior, votes) + _distance(balanced[1] + made.target.mean(0).log(), made.target)
        total = total + F.cross_entropy(balanced[0][:, :FER2013_CLASSES] + original_prior, original, ignore_index=FER2013_MISSING)
        total = total + 0.1 * _distance(balanced[2], smiles.target.repeat(4, 1)) + 1e-4 * (weight * weight).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return weight.detach(), bias.detach()


@torch.no_grad()
def _embed(net: FaceNet, images: torch.Tensor, plan: Plan, rng: torch.Generator) -> torch.Tensor:
    """Embeddings of pictures under a camera's damage."""
    net.eval()
    parts = []
    for rows in images.split(256):
        shown = damage.apply(cover.some(rows, plan.covered, rng), damage.draw(len(rows), rng, plan.webcam), rng)
        with fast_context(has_bfloat16()):
            parts.append(net.features(shown.contiguous(memory_format=torch.channels_last)).float().mean((2, 3)))
    return torch.cat(parts).float()
