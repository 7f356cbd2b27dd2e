"""Sequences of one person's moving face, what the CNN sees of them, and the training of the LSTM over that."""

import math
import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from . import damage, sequences
from .data import Faces
from .network import PRIORS, Cell, Change, FaceNet
from .still import fast_context, has_bfloat16


@dataclass
class Seen:
    """Sequences after the CNN."""

    embedding: torch.Tensor  # [N,T,E]
    everyday: torch.Tensor  # [N,T,8] logits
    balanced: torch.Tensor
    elapsed: torch.Tensor  # [N,T]
    target: torch.Tensor  # [N,T,8]
    moved: torch.Tensor  # [N] whether one person's face moves (else: FER+ stills that change into others)

    def __len__(self) -> int:
        return len(self.embedding)

    def take(self, rows) -> "Seen":
        return Seen(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def join(*parts: Seen) -> Seen:
    frames = min(part.embedding.shape[1] for part in parts)
    return Seen(*(torch.cat([value if (value := getattr(part, name)).ndim == 1 else value[:, :frames] for part in parts])
                  for name in Seen.__dataclass_fields__))


@torch.no_grad()
def see(net: FaceNet, frames: np.ndarray, elapsed: np.ndarray, target: np.ndarray, seed: int, clean: bool = False) -> Seen:
    """Passes made sequences [N,T,48,48] through a camera's damage and the CNN."""
    net.eval()
    rng, length = torch.Generator().manual_seed(seed), frames.shape[1]
    parts: list[tuple] = []
    for at in range(0, len(frames), 16):
        shown = torch.from_numpy(frames[at:at + 16])
        if clean:
            flat = shown.flatten(0, 1).float().unsqueeze(1)
        else:
            flat = damage.apply(shown.flatten(0, 1), damage.draw_sequence(len(shown), length, rng), rng)
        with fast_context(has_bfloat16()):
            embedding = net.features(flat.contiguous(memory_format=torch.channels_last)).float().mean((2, 3))
        everyday, balanced = net.answers(embedding.float())
        parts.append(tuple(x.view(len(shown), length, -1) for x in (embedding, everyday, balanced)))
        if at % 160 == 0:
            print(f"\rseen {at}/{len(frames)}", end="", flush=True)
    print("\r", end="")
    return Seen(*(torch.cat(column) for column in zip(*parts)), torch.from_numpy(elapsed).float(), torch.from_numpy(target).float(),
                torch.ones(len(frames), dtype=torch.bool))


def see_stills(net: FaceNet, faces: Faces, count: int, seed: int, steady: bool) -> Seen:
    """FER+ stills under webcam life, changing into other people's now and then unless `steady`."""
    script = sequences.write(faces, count, seed, steady=steady)
    shape = count, sequences.FRAMES
    rng = torch.Generator().manual_seed(seed)
    frames = []
    for at in range(0, count, 64):
        part = script.part(slice(at, at + 64))
        frames.append(sequences.frames(faces, part, rng, clean=False)[:, 0].round().to(torch.uint8))
    seen = see(net, torch.cat(frames).view(*shape, 48, 48).numpy(), script.elapsed, script.target, seed, clean=True)
    seen.moved[:] = False
    return seen


@dataclass(frozen=True)
class Plan:
    epochs: int = 6
    batch: int = 64
    rate: float = 3e-3
    expression: float = 2.0  # weight of a frame that shows one, against a calm frame's 1
    steadiness: float = 1.2  # weight of the change between frames whose target does not change
    hidden: int = 64
    seed: int = 1


# Which of the answers under each prior learn from which sequences: (one person's motion, FER+ stills).
LESSONS = {"auto": (1.0, 0.5), "everyday": (0.15, 1.0), "balanced": (1.0, 0.2)}


def loss_of(cell: Cell, seen: Seen, plan: Plan, known: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    answer = F.log_softmax(cell(seen.embedding, seen.everyday, seen.balanced, seen.elapsed), -1)
    # Faces are calm most of the time; what they show otherwise must not drown in that.
    shown = 1 + (plan.expression - 1) * (1 - seen.target[..., 0])
    missed = -(seen.target.unsqueeze(2) * answer).sum(-1) * shown.unsqueeze(-1)  # [N,T,3]
    weights = torch.tensor([LESSONS[prior] for prior in PRIORS])
    mine = torch.where(seen.moved.unsqueeze(1), weights[:, 0], weights[:, 1])  # [N,3]
    calm = (seen.target[:, 1:] - seen.target[:, :-1]).abs().sum(-1) < 0.02
    jump = (answer[:, 1:].exp() - answer[:, :-1].exp()).abs().sum(-1)
    loss = (missed * mine.unsqueeze(1)).mean() + plan.steadiness * (jump * calm.unsqueeze(-1)).mean()
    return loss, missed[seen.moved, :, 0].mean() if seen.moved.any() else missed.mean()


def train(seen: Seen, check: Seen, calm: torch.Tensor, moved: Change, plan: Plan) -> Cell:
    """AdamW with one cycle; the epoch with the least loss on `check` is kept."""
    torch.manual_seed(plan.seed)
    cell = Cell(seen.embedding.shape[-1], plan.hidden)
    cell.rest.calm.copy_(calm)
    cell.moved.load_state_dict(moved.state_dict())
    cell.scale.data[:] = 1 / seen.embedding.flatten(0, 1).std(0).clamp(min=1e-3)
    optimizer = torch.optim.AdamW([p for p in cell.parameters() if p.requires_grad], plan.rate, weight_decay=0.05)
    steps = math.ceil(len(seen) / plan.batch)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, total_steps=plan.epochs * steps)
    best, kept = math.inf, {}
    for epoch in range(plan.epochs):
        began, total = time.time(), 0.0
        cell.train()
        for rows in torch.randperm(len(seen)).split(plan.batch):
            loss, _ = loss_of(cell, seen.take(rows), plan)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(cell.parameters(), 1.0)
            optimizer.step()
            cycle.step()
            total += float(loss.detach()) * len(rows)
        cell.eval()
        with torch.no_grad():
            found, moving = loss_of(cell, check, plan)
        if float(found) < best:
            best, kept = float(found), {k: v.clone() for k, v in cell.state_dict().items()}
        print(f"cell {epoch + 1}/{plan.epochs} loss {total / len(seen):.4f} check {float(found):.4f} moving {float(moving):.4f} {time.time() - began:.0f}s", flush=True)
    cell.load_state_dict(kept)
    return cell.eval()
