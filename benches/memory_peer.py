#!/usr/bin/env python3
"""Fuzzy matches by a scan with rapidfuzz, as something to hold `benches/memory.rs` against.

    python3 benches/memory_peer.py FOLDER [SIZE]

FOLDER as for that bench. Every text is compared with every query: characters
for Chinese, words for English, at least .7 alike, the five best. CPU time a
query of this thread, the mean over the first 50 queries.
"""

import itertools
import lzma
import re
import sys
import time
from pathlib import Path

import rapidfuzz
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

folder = Path(sys.argv[1]) / "memories" / "scale"
size = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
words: dict[str, int] = {}


def tokens(text: str, lang: str):
    if lang == "zh":
        return text.lower()
    return [words.setdefault(word, len(words)) for word in re.findall(r"\w+|[^\w\s]", text.lower())]


pairs = []
with lzma.open(folder / "pairs_all.tsv.xz", "rt", encoding="utf-8") as lines:
    for line in itertools.islice(lines, size):
        pairs.append(line.rstrip("\n").split("\t")[:2])
print(f"rapidfuzz {rapidfuzz.__version__}, {len(pairs)} units")
for lang, column in (("zh", 1), ("en", 0)):
    texts = [tokens(pair[column], lang) for pair in pairs]
    queries = (folder / f"q_{lang}_500.txt").read_text(encoding="utf-8").splitlines()[:50]
    start = time.thread_time()
    found = 0
    for query in queries:
        found += bool(
            extract(
                tokens(query, lang),
                texts,
                scorer=Levenshtein.normalized_similarity,
                limit=5,
                score_cutoff=0.7,
            )
        )
    mean = (time.thread_time() - start) / len(queries) * 1000
    print(f"{lang}: {mean:.1f} ms a query, {found} of {len(queries)} found")
