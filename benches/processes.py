#!/usr/bin/env python3
"""Whole-process figures of zm: start, keys, commands, memory.

    cargo build --release
    python3 benches/processes.py --zm target/release/zm [--data FOLDER] [--runs 21]

FOLDER holds `pairs_all.tsv.xz` (columns en, zh), `terms_zh_100k.txt.xz` and
`terms_en_100k.txt.xz`; without it, seeded random text takes their place. The
last lines are a Markdown table for docs/benchmarks.md. Needs only Python 3.
"""
import argparse, fcntl, lzma, os, pty, random, select, shutil, signal, statistics, struct, subprocess
import sys, tempfile, termios, time

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROWS = []


def figure(name, samples, unit="ms", target="", rss=None):
    """Records p50 and p95 of some samples."""
    samples = sorted(samples)
    p50 = statistics.median(samples)
    p95 = samples[min(len(samples) - 1, int(len(samples) * 0.95))]
    memory = f"{rss / 1024:.0f} MB" if rss else ""
    ROWS.append(f"| {name} | {p50:.1f} | {p95:.1f} | {unit} | {memory} | {target} |")
    print(ROWS[-1], flush=True)


def run(command, cwd, stdin=None):
    """Runs a command; wall and CPU milliseconds, peak memory in KB."""
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, stdin=stdin or subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = (time.perf_counter() - start) * 1000
    if child.returncode not in (0, 1):
        sys.exit(f"{command} ended with {child.returncode}")
    return wall, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss


def commands(name, command, cwd, runs, target=""):
    """Measures a command over several runs, after one warm-up."""
    run(command, cwd)
    results = [run(command, cwd) for _ in range(runs)]
    figure(name, [r[0] for r in results], rss=max(r[2] for r in results), target=target)
    figure(name + ", CPU", [r[1] for r in results])


class Screen:
    """A program in a terminal of its own."""

    def __init__(self, command, cwd, columns=80, lines=24):
        self.start = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.environ["TERM"] = "xterm-256color"
            os.execv(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read(self, quiet=0.03, limit=5.0):
        """All output until it has been quiet for a while; and the time of its first byte."""
        out, first, end = b"", None, time.perf_counter() + limit
        while time.perf_counter() < end:
            ready, _, _ = select.select([self.fd], [], [], quiet if out else limit)
            if not ready:
                break
            try:
                part = os.read(self.fd, 65536)
            except OSError:
                break
            first = first or time.perf_counter()
            out += part
            self.answer(part)
        return out, first

    def answer(self, asked):
        """Answers what programs ask a terminal at start: what it is, and where the cursor stands."""
        if b"\x1b[c" in asked:
            os.write(self.fd, b"\x1b[?62c")
        if b"\x1b[6n" in asked:
            os.write(self.fd, b"\x1b[1;2R")

    def until(self, wanted, limit=5.0):
        """Milliseconds from the start until `wanted` has been drawn."""
        out, end = b"", time.perf_counter() + limit
        while wanted not in out and time.perf_counter() < end:
            ready, _, _ = select.select([self.fd], [], [], 0.5)
            if ready:
                part = os.read(self.fd, 65536)
                self.answer(part)
                out += part
        return (time.perf_counter() - self.start) * 1000

    def key(self, data):
        """Milliseconds from a key to the first byte drawn for it."""
        start = time.perf_counter()
        os.write(self.fd, data)
        _, first = self.read()
        return ((first or time.perf_counter()) - start) * 1000

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        _, _, usage = os.wait4(self.pid, 0)
        os.close(self.fd)
        return usage.ru_maxrss


def column(path, index, limit, fallback):
    """Some lines of a real file, else of seeded random text."""
    if path and os.path.exists(path):
        rows = []
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.rstrip("\n").split("\t")
                if len(cells) > index and cells[index].strip():
                    rows.append(cells[index])
                if len(rows) >= limit:
                    break
        return rows
    return [fallback() for _ in range(limit)]


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--zm", default=os.path.join(HERE, "target/release/zm"))
    ask.add_argument("--data")
    ask.add_argument("--runs", type=int, default=21)
    options = ask.parse_args()
    zm, runs = os.path.abspath(options.zm), options.runs
    rng = random.Random(20251124)
    han = lambda: "".join(chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(rng.randint(3, 8)))
    word = lambda: " ".join("".join(rng.choice("abcdefghijklmnoprstuvw") for _ in range(rng.randint(3, 9))) for _ in range(2))
    data = lambda name: os.path.join(options.data, name) if options.data else None
    sentence = "能源部将投入500亿美元启动“创世计划”。"

    with tempfile.TemporaryDirectory() as top:
        small = os.path.join(top, "shipped")
        os.makedirs(small)
        for part in ("glossaries", "memories", "examples", "zhengming.toml"):
            place = os.path.join(HERE, part)
            if os.path.isdir(place):
                shutil.copytree(place, os.path.join(small, part), ignore=shutil.ignore_patterns("journal*", "*.zm.tsv*"))
            else:
                shutil.copy(place, small)
        commands("`zm lookup` on the shipped glossary", [zm, "lookup", "创世计划"], small, runs, "20 ms")
        commands("`zm suggest` on a sentence, start included", [zm, "suggest", sentence], small, runs, "100 ms")

        frames, documents, keys, rss = [], [], [], 0
        for _ in range(runs):
            screen = Screen([zm, "edit", "examples/genesis-mission.zh.md"], small)
            # The title of the first frame, then the title of the document's first frame.
            frames.append(screen.until("正".encode()))
            documents.append(screen.until(b"confirmed"))
            screen.read(quiet=0.3)
            keys += [screen.key(k) for k in (b"T", b"h", b"e", b" ", "译".encode(), b"\x1b[D", b"\x7f")]
            rss = max(rss, screen.close())
        figure("first frame", frames, target="100 ms", rss=rss)
        figure("first frame with the example's segments", documents, target="100 ms")
        figure("key to frame", keys, target="5 ms")

        terms = os.path.join(top, "terms")
        os.makedirs(os.path.join(terms, "glossaries"))
        zh = column(data("terms_zh_100k.txt.xz"), 0, 10_000, han)
        en = column(data("terms_en_100k.txt.xz"), 0, 10_000, word)
        with open(os.path.join(terms, "glossaries/ten-thousand.tsv"), "w", encoding="utf-8") as out:
            out.write("zh\ten\n" + "".join(f"{a}\t{b}\n" for a, b in zip(zh, en)))
        text = column(data("pairs_all.tsv.xz"), 1, 60_000, lambda: han() + han() + "。")
        with open(os.path.join(terms, "megabyte.txt"), "w", encoding="utf-8") as out:
            size = 0
            for line in text:
                if size > 1_000_000:
                    break
                size += out.write(line + "\n\n") and len(line.encode()) + 2
        commands("`zm terms`, 1 MB of Chinese, 10,000 concepts", [zm, "terms", "megabyte.txt", "--format", "tsv"], terms, max(5, runs // 4), "300 ms")

        big = os.path.join(top, "big")
        os.makedirs(os.path.join(big, "memories"))
        os.makedirs(os.path.join(big, "glossaries"))
        shutil.copytree(os.path.join(HERE, "glossaries"), os.path.join(big, "glossaries"), dirs_exist_ok=True)
        zh = column(data("pairs_all.tsv.xz"), 1, 100_000, lambda: han() + han())
        en = column(data("pairs_all.tsv.xz"), 0, 100_000, lambda: word() + word())
        with open(os.path.join(big, "memories/hundred-thousand.tsv"), "w", encoding="utf-8") as out:
            out.write("zh\ten\n" + "".join(f"{a}\t{b}\n" for a, b in zip(zh, en)))
        print("index of 100,000 units: %.0f ms wall, %.0f ms CPU, %d KB" % run([zm, "index", "build"], big))
        commands("`zm suggest`, 100,000 units, start included", [zm, "suggest", sentence], big, runs)
        batch = os.path.join(top, "batch.txt")
        rng.shuffle(zh)
        with open(batch, "w", encoding="utf-8") as out:
            out.write("\n".join(zh[:500]) + "\n")
        one = run([zm, "suggest", sentence], big)[0]
        figure("suggestions for a segment at 100,000 units (500 in one `--batch`, start taken off)",
               [(run([zm, "suggest", "--from", "zh", "--batch", batch], big)[0] - one) / 500 for _ in range(3)], target="20 ms")

    print("\n| what | p50 | p95 | unit | peak memory | target |\n| --- | --- | --- | --- | --- | --- |")
    print("\n".join(ROWS))


main()
