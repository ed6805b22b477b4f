#!/usr/bin/env python3
"""Gale-Church on the sets of the alignment benchmark.

    pip install galechurch
    DUMP=SETS cargo bench --bench alignment -- FOLDER damage
    benches/alignment_peer.py SETS

SETS (an empty folder) holds the gold, whole and damaged. The lengths of the two
sides of each file are given to the program, which has no dictionary to learn
them from. Strict F1 over all beads, pooled over files and seeds.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

import galechurch


def beads(text):
    return [
        tuple(tuple(int(n) for n in cell.split(",") if n.strip()) for cell in line.split("\t"))
        for line in text.splitlines()
        if line.strip()
    ]


def score(folder, name):
    zh, en, gold = (
        (folder / f"{name}.{end}").read_text(encoding="utf-8") for end in ("zh.txt", "en.txt", "gold.tsv")
    )
    zh, en, gold = zh.splitlines(), en.splitlines(), beads(gold)

    def length(lines):
        return sum(len(line.replace(" ", "")) for line in lines)

    found = galechurch.align(zh, en, mean_xy=length(zh) / length(en)).to_pharaoh_lines()

    def numbers(cell):
        return tuple(int(n) for n in re.findall(r"\d+", cell))

    found = [tuple(map(numbers, line.split(":"))) for line in found]
    known = set(gold)
    return sum(bead in known for bead in found), len(found), len(gold)


def main():
    folder = Path(sys.argv[1])
    sums = defaultdict(lambda: [0, 0, 0])
    for path in sorted(folder.glob("*.gold.tsv")):
        name = path.name.removesuffix(".gold.tsv")
        kind = re.search(r"-(\d+(?:zh|en))-\d+$", name)
        for at, n in enumerate(score(folder, name)):
            sums[f"deleted {kind[1]}" if kind else name][at] += n
            if not kind:
                sums["pooled"][at] += n
    for kind, (right, found, gold) in sorted(sums.items()):
        p, r = right / max(found, 1), right / max(gold, 1)
        print(f"{kind}: precision {p:.3f}, recall {r:.3f}, F1 {2 * p * r / max(p + r, 1e-9):.3f}")


if __name__ == "__main__":
    main()
