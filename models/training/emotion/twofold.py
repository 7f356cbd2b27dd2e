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
from .network import Change, FaceNet
from .still import advise, fast_context, follow, has_bfloat16


@dataclass(frozen=True)
class Plan:
    """What the run does; the weights of its targets are relative to the everyday answer's, which is 1."""

    epochs: int = 10
    voted: int = 80  # FER+ pictures a step
    made: int = 28  # made people, each at rest and with an expression
    smiling: int = 4  # people of the London set, the same
    rate: float = 0.02
    decay: float = 2e-4
    average: float = 0.998
    balance: float = 0.4  # a class is drawn as often as its share to the power (1 - balance) says
    advice: float = 0.6  # share of the adviser in the everyday target
    votes: float = 0.35
    original: float = 0.4
    drawn: float = 0.6
    smiles: float = 0.3
    change: float = 0.7
    webcam: float = 0.25
    covered: float = 0.12
    seed: int = 41


@dataclass
class Pairs:
    """People at rest and with an expression: made faces or the London set."""

    images: torch.Tensor  # [N,2,48,48]
    target: torch.Tensor  # [N,2,8]

    def draw(self, count: int, rng: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Pictures and targets, the rests first."""
        pick = torch.randint(len(self.images), (count,), generator=rng)
        return self.images[pick].transpose(0, 1).flatten(0, 1), self.target[pick].transpose(0, 1).flatten(0, 1)


# FER2013 calls many faces sad or angry that nearly all of FER+'s voters call neutral; its label does not count where so much of the votes says so.
PLAINLY_NEUTRAL = 0.7


def original_labels(faces: Faces, target: np.ndarray) -> np.ndarray:
    return np.where((target[:, 0] >= PLAINLY_NEUTRAL) & (faces.original != 0), FER2013_MISSING, faces.original)


class Voted:
    """FER+ Train, rare classes more often, and what its answers have to be adjusted by to be balanced."""

    def __init__(self, faces: Faces, plan: Plan) -> None:
        target, weight = target_distribution(faces.votes)
        original = original_labels(faces, target)
        self.images, self.original = torch.from_numpy(faces.images), torch.from_numpy(original)
        prior = (target * weight[:, None]).sum(0)
        chance = (target * (prior / prior.sum()) ** -plan.balance).sum(1) * weight
        self.chance, self.target = torch.from_numpy(chance / chance.mean()), torch.from_numpy(target)
        # What is drawn has this prior; a logit that is taught with it added answers as if every class were as likely (Menon et al. 2021).
        self.prior = torch.from_numpy(np.log((target * chance[:, None]).sum(0) / chance.sum())).float()
        known = original != FER2013_MISSING
        counts = np.bincount(original[known], chance[known], FER2013_CLASSES)
        self.original_prior = torch.from_numpy(np.log(counts / counts.sum())).float()

    def advise(self, adviser: FaceNet) -> None:
        """Keeps the adviser's answers to the pictures and their mirror images."""
        self.advice = torch.from_numpy(advise([adviser], self.images.numpy())).float()

    def draw(self, count: int, rng: torch.Generator) -> tuple[torch.Tensor, ...]:
        pick = torch.multinomial(self.chance, count, replacement=True, generator=rng)
        return self.images[pick], self.target[pick], self.original[pick], self.advice[pick]


def train(start: FaceNet, adviser: FaceNet, faces: Faces, made: Pairs, smiles: Pairs, plan: Plan, checkpoint: Path, check) -> FaceNet:
    """Runs or resumes `plan` from the weights of `start`; `adviser` teaches the everyday answer. Returns the averaged network.

    The stem and the first block, which see edges, stay as they are.
    """
    net = copy.deepcopy(start).to(memory_format=torch.channels_last)
    torch.manual_seed(plan.seed)
    change = Change(net.embedding_size)
    for part in (net.stem, net.stem_norm, net.blocks[0]):
        part.requires_grad_(False)
    average = copy.deepcopy(net).eval()
    learning = [p for p in (*net.parameters(), *change.parameters()) if p.requires_grad]
    optimizer = torch.optim.SGD([{"params": [p for p in learning if p.ndim > 1], "weight_decay": plan.decay},
                                 {"params": [p for p in learning if p.ndim <= 1], "weight_decay": 0.0}], plan.rate, momentum=0.9, nesterov=True)
    first = 0
    if checkpoint.exists():
        stored = torch.load(checkpoint)
        for part, name in ((net, "net"), (change, "change"), (average, "average"), (optimizer, "optimizer")):
            part.load_state_dict(stored[name])
        first = stored["epoch"]
    if first >= plan.epochs:
        return average
    voted = Voted(faces, plan)
    voted.advise(adviser)
    made_prior = made.target.mean((0, 1)).log()
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
            loss = _loss(net, change, voted, made, made_prior, smiles, plan, torch.Generator().manual_seed(plan.seed * 1_000_003 + step))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 5.0)
            optimizer.step()
            follow(average, net, min(plan.average, (step + 1) / (step + 20)))
            total += float(loss.detach())
            if i % 20 == 19:
                print(f"\rtwofold {epoch + 1}/{plan.epochs} {i + 1}/{steps} loss {total / (i + 1):.4f} {(time.time() - began) / (i + 1):.2f}s a step", end="", flush=True)
        print(f"\n{check(average, change)} {time.time() - began:.0f}s", flush=True)
        fresh = checkpoint.with_suffix(".new")
        torch.save({"net": net.state_dict(), "change": change.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(),
                    "epoch": epoch + 1, "plan": vars(plan)}, fresh)
        fresh.replace(checkpoint)
    return average


def _share(done: float) -> float:
    return 0.05 + 9.5 * done if done < 0.1 else 0.5 * (1 + math.cos(math.pi * (done - 0.1) / 0.9))


def _loss(net: FaceNet, change: Change, voted: Voted, made: Pairs, made_prior, smiles: Pairs, plan: Plan, rng: torch.Generator) -> torch.Tensor:
    images, votes, original, advice = voted.draw(plan.voted, rng)
    drawn, drawn_target = made.draw(plan.made, rng)
    smiling, smile_target = smiles.draw(plan.smiling, rng)
    shown = cover.some(torch.cat([images, drawn, smiling]), plan.covered, rng)
    shown = damage.apply(shown, damage.draw(len(shown), rng, plan.webcam), rng).contiguous(memory_format=torch.channels_last)
    with fast_context(has_bfloat16()):
        embedding = net.features(shown).mean((2, 3))
    embedding = embedding.float()
    everyday, balanced = net.answers(net.dropout(embedding))
    a, b = plan.voted, plan.voted + 2 * plan.made
    loss = distance(everyday[:a], votes.lerp(advice, plan.advice))
    loss = loss + plan.votes * distance(balanced[:a] + voted.prior, votes)
    loss = loss + plan.original * F.cross_entropy(balanced[:a, :FER2013_CLASSES] + voted.original_prior, original, ignore_index=FER2013_MISSING)
    loss = loss + plan.drawn * distance(balanced[a:b] + made_prior, drawn_target)
    loss = loss + plan.smiles * (distance(everyday[b:], smile_target) + distance(balanced[b:], smile_target))
    (made_rest, made_shown), (rest, smile) = embedding[a:b].chunk(2), embedding[b:].chunk(2)
    targets = torch.cat([drawn_target[plan.made:], smile_target[plan.smiling:]])
    return loss + plan.change * distance(change(torch.cat([made_shown, smile]) - torch.cat([made_rest, rest])), targets)


def distance(answer: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
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


@torch.no_grad()
def examine(net: FaceNet, faces: Faces, made: Pairs, smiles: Pairs, change: Change | None = None) -> dict:
    """The figures that choose: FER+ in both answers, FER2013's labels and made faces balanced, London smiles in both, made people by their change."""
    everyday, balanced, _ = predict(net, faces.images)
    plain, rare = score(everyday, faces.votes), score(balanced, faces.votes)
    known = faces.original != FER2013_MISSING
    original = score_labels(softmax(balanced[known][:, :FER2013_CLASSES]), faces.original[known], FER2013_CLASSES)
    _, answer, embedding = predict(net, made.images.flatten(0, 1).numpy())
    drawn = score_labels(softmax(answer), made.target.flatten(0, 1).argmax(1).numpy())
    smile = smiles.target.flatten(0, 1).argmax(1).numpy()
    found = predict(net, smiles.images.flatten(0, 1).numpy())
    both = [[float((answer.argmax(1)[smile == k] == k).mean()) for k in (0, 1)] for answer in found[:2]]
    out = {"everyday": round(plain.accuracy, 4), "recall": round(plain.mean_recall, 4), "balanced": round(rare.accuracy, 4), "balancedRecall": round(rare.mean_recall, 4),
           "rareRecalls": np.round(rare.recalls, 2).tolist(), "sadOnNeutral": round(float(plain.confusion[0, 3] / plain.confusion[0].sum()), 4),
           "fer2013": round(original.mean_recall, 4), "made": np.round(drawn.recalls, 2).tolist(), "madeRecall": round(drawn.mean_recall, 4), "london": np.round(both, 3).tolist()}
    if change is not None:
        rest, shown = torch.from_numpy(embedding).view(-1, 2, embedding.shape[1]).unbind(1)
        moved = F.log_softmax(change(shown - rest), 1)
        beside = F.log_softmax(torch.from_numpy(answer).view(-1, 2, len(LABELS))[:, 1], 1)
        truth = made.target[:, 1].argmax(1)
        out |= {"change": round(float((moved.argmax(1) == truth).float().mean()), 4), "changeBeside": round(float(((moved + beside).argmax(1) == truth).float().mean()), 4)}
    return out
