"""The emotion network: a fully convolutional residual CNN and an LSTM over its embedding."""

import torch
from torch import nn
import torch.nn.functional as F

from .labels import FER2013_CLASSES, LABELS


class Squeeze(nn.Module):
    """Squeeze-and-excitation: weighs channels by what the whole picture holds (Hu et al. 2018)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.down = nn.Conv2d(channels, channels // 8, 1)
        self.up = nn.Conv2d(channels // 8, channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * torch.sigmoid(self.up(F.relu(self.down(x.mean((2, 3), keepdim=True)))))


class Block(nn.Module):
    """Two 3x3 convolutions with a shortcut; the first may halve the picture."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outputs)
        self.squeeze = Squeeze(outputs)
        self.shortcut = nn.Identity()
        if stride > 1 or inputs != outputs:
            steps = [nn.AvgPool2d(stride)] if stride > 1 else []
            self.shortcut = nn.Sequential(*steps, nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        nn.init.zeros_(self.second_norm.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.first_norm(self.first(x)))
        y = self.squeeze(self.second_norm(self.second(y)))
        return F.relu(y + self.shortcut(x))


class FaceNet(nn.Module):
    """Raw grey 0..255 faces [B,1,48,48] to class maps [B,8,6,6] and an embedding [B,E]."""

    def __init__(self, widths: tuple[int, ...] = (32, 64, 160), depths: tuple[int, ...] = (1, 2, 2),
                 dropout: float = 0.2) -> None:
        super().__init__()
        # The stem halves the picture at once: at 48x48 even 32 channels cost more than everything at 6x6.
        self.stem = nn.Conv2d(1, widths[0], 5, 2, 2, bias=False)
        self.stem_norm = nn.BatchNorm2d(widths[0])
        blocks = []
        for inputs, outputs, depth in zip((widths[0],) + widths, widths, depths):
            stride = 1 if not blocks else 2
            blocks += [Block(inputs, outputs, stride)] + [Block(outputs, outputs) for _ in range(depth - 1)]
        self.blocks = nn.Sequential(*blocks)
        self.dropout = nn.Dropout(dropout)
        self.classify = nn.Conv2d(widths[-1], len(LABELS), 1)
        self.classify_original = nn.Linear(widths[-1], FER2013_CLASSES)
        self.embedding_size = widths[-1]
        self.last_depth = depths[-1]

    def before_last(self) -> list[nn.Module]:
        """All before the last stage, the 6x6 one."""
        return [self.stem, self.stem_norm, self.blocks[:-self.last_depth]]

    def features(self, faces: torch.Tensor) -> torch.Tensor:
        """[B,E,6,6]. Each face is brought to its own mean and contrast, so exposure hardly matters."""
        centred = faces - faces.mean((1, 2, 3), keepdim=True)
        # +8 grey levels: a flat or black picture stays flat instead of becoming amplified noise.
        spread = (centred * centred).mean((1, 2, 3), keepdim=True).sqrt() + 8
        return self.blocks(F.relu(self.stem_norm(self.stem(centred / spread))))

    def forward(self, faces: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the eight classes and of FER2013's seven, for training."""
        embedding = self.dropout(self.features(faces).mean((2, 3)))
        return self.answer(embedding), self.classify_original(embedding)

    def answer(self, embedding: torch.Tensor) -> torch.Tensor:
        """Logits [B,8]; the mean of the class maps, since averaging and a 1x1 convolution commute."""
        return F.linear(embedding, self.classify.weight.flatten(1), self.classify.bias)


class Cell(nn.Module):
    """One recurrent step over embedding, still logits and the logarithm of the time since the last frame.

    Its answer is the still answer plus a correction from the state. `kind` "gru" exists for the comparison only.
    """

    def __init__(self, embedding: int, hidden: int = 64, kind: str = "lstm") -> None:
        super().__init__()
        self.kind, self.hidden = kind, hidden
        gates = 4 if kind == "lstm" else 3
        self.norm = nn.LayerNorm(embedding)
        self.see = nn.Linear(embedding + len(LABELS), gates * hidden)
        self.remember = nn.Linear(hidden, gates * hidden)
        self.wait = nn.Parameter(torch.zeros(1, gates * hidden))
        self.correct = nn.Linear(hidden, len(LABELS))
        nn.init.zeros_(self.correct.weight)
        nn.init.zeros_(self.correct.bias)
        if kind == "lstm":
            self.see.bias.data[hidden:2 * hidden] = 1  # remember by default (Jozefowicz et al. 2015)

    def inputs(self, embedding: torch.Tensor, logits: torch.Tensor, elapsed: torch.Tensor) -> torch.Tensor:
        """The state-free half of the gates. `elapsed` is added, not concatenated, so that [1,1] serves any batch."""
        seen = torch.cat([self.norm(embedding), logits / 4], -1)
        # 5 ms to 5 s; a track's first frame has 0, which its empty state makes irrelevant.
        return self.see(seen) + torch.log(elapsed.clamp(0.005, 5.0) * 10) * self.wait

    def step(self, seen: torch.Tensor, h: torch.Tensor, c: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        recalled = self.remember(h)
        if self.kind == "gru":
            see, recall = seen.chunk(3, -1), recalled.chunk(3, -1)
            reset, keep = torch.sigmoid(see[0] + recall[0]), torch.sigmoid(see[1] + recall[1])
            return keep * h + (1 - keep) * torch.tanh(see[2] + reset * recall[2]), c
        into, keep, out, fresh = (seen + recalled).chunk(4, -1)
        c = torch.sigmoid(keep) * c + torch.sigmoid(into) * torch.tanh(fresh)
        return torch.sigmoid(out) * torch.tanh(c), c

    def forward(self, embedding: torch.Tensor, logits: torch.Tensor, elapsed: torch.Tensor) -> torch.Tensor:
        """Whole sequences from an empty state: [N,T,E], [N,T,8], [N,T] to logits [N,T,8]."""
        seen = self.inputs(embedding, logits, elapsed.unsqueeze(-1))
        h = c = torch.zeros(len(seen), self.hidden)
        states = []
        for t in range(seen.shape[1]):
            h, c = self.step(seen[:, t], h, c)
            states.append(h)
        return logits + self.correct(torch.stack(states, 1))


class EmotionGraph(nn.Module):
    """What is exported: CNN, recurrent step and temperatures, with the wire contract's inputs and outputs."""

    def __init__(self, net: FaceNet, cell: Cell, still_temperature: float, temperature: float) -> None:
        super().__init__()
        self.net, self.cell = net, cell
        self.still_temperature, self.temperature = still_temperature, temperature

    def forward(self, faces: torch.Tensor, h: torch.Tensor, c: torch.Tensor, elapsed: torch.Tensor) -> tuple:
        features = self.net.features(faces)
        maps = self.net.classify(features)
        embedding, logits = features.mean((2, 3)), maps.mean((2, 3))
        h, c = self.cell.step(self.cell.inputs(embedding, logits, elapsed), h, c)
        emotions = F.softmax((logits + self.cell.correct(h)) / self.temperature, 1)
        return emotions, F.softmax(logits / self.still_temperature, 1), embedding, maps, h, c
