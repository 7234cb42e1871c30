"""Reads a QR code as a telephone does, from the squares that are drawn: mask, path, blocks, bytes.

The picture is the page's own and undamaged, so the error-correcting words are left out instead of used.
"""

import re
from itertools import chain

from segno import consts

ERROR = {1: consts.ERROR_LEVEL_L, 0: consts.ERROR_LEVEL_M, 3: consts.ERROR_LEVEL_Q, 2: consts.ERROR_LEVEL_H}
FORMAT_MASK = 0b101010000010010
MASKS = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, j: i % 2 == 0,
    lambda i, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)


def squares(svg: str) -> list[list[int]]:
    """The dark and light squares of an SVG that draws rows as strokes: M to, m by, h along. The quiet zone is cut off."""
    (path,) = re.findall(r'<path[^>]* d="([^"]*)"', svg)
    dark, x, y = set(), 0.0, 0.0
    for step, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        told = [float(n) for n in re.findall(r"-?\d*\.?\d+", numbers)]
        if step == "M":
            x, y = told
        elif step == "m":
            x, y = x + told[0], y + told[1]
        else:
            dark |= {(int(y), int(x) + n) for n in range(int(told[0]))}
            x += told[0]
    top, left = min(i for i, _ in dark), min(j for _, j in dark)
    size = max(i for i, _ in dark) - top + 1
    return [[int((i + top, j + left) in dark) for j in range(size)] for i in range(size)]


def read(matrix: list[list[int]]) -> str:
    size = len(matrix)
    version = (size - 17) // 4
    assert size == 17 + 4 * version and 1 <= version <= 6, "more than the readers here know"
    corner = [matrix[8][j] for j in (0, 1, 2, 3, 4, 5, 7, 8)] + [matrix[i][8] for i in (7, 5, 4, 3, 2, 1, 0)]
    told = int("".join(map(str, corner)), 2) ^ FORMAT_MASK
    flip = MASKS[told >> 10 & 7]
    bits = [matrix[i][j] ^ flip(i, j) for i, j in way(size, version)]
    words = [int("".join(map(str, bits[n : n + 8])), 2) for n in range(0, len(bits) - 7, 8)]
    text = "".join(f"{word:08b}" for word in plain(words, consts.ECC[version][ERROR[told >> 13]]))
    assert text[:4] == "0100", "not written as bytes"
    length = int(text[4:12], 2)
    return bytes(int(text[n : n + 8], 2) for n in range(12, 12 + 8 * length, 8)).decode()


def way(size: int, version: int):
    """Two columns up, two columns down, past everything that carries no words."""
    up = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for i in range(size - 1, -1, -1) if up else range(size):
            yield from ((i, j) for j in (right, right - 1) if not is_fixed(i, j, size, version))
        up = not up


def is_fixed(i: int, j: int, size: int, version: int) -> bool:
    finder = (i < 9 and (j < 9 or j >= size - 8)) or (i >= size - 8 and j < 9)
    centre = size - 7
    small = version > 1 and abs(i - centre) <= 2 and abs(j - centre) <= 2
    return finder or small or 6 in (i, j)


def plain(words: list[int], blocks) -> list[int]:
    """The words of the message in their order: they are dealt out to the blocks one by one."""
    lengths = [block.num_data for block in blocks for _ in range(block.num_blocks)]
    dealt: list[list[int]] = [[] for _ in lengths]
    stream = iter(words)
    for place in range(max(lengths)):
        for block, length in zip(dealt, lengths, strict=True):
            if place < length:
                block.append(next(stream))
    return list(chain.from_iterable(dealt))
