#!/usr/bin/env python3
"""How fast `zm check` is on a bilingual table, beside Translate Toolkit's pofilter.

    cargo build --release; pip install translate-toolkit
    python3 benches/checks_speed.py --zm target/release/zm --data FOLDER [--pofilter pofilter] [--runs 5]

FOLDER holds `pairs_all.tsv.xz` (columns en, zh): the units. The glossary is
made of its short segments (two to eight Chinese characters, one to four
English words), so that both programs see real text and zm real terms. Runs of
both programs take turns; the figures are medians of CPU time (user + system)
and the largest memory. pofilter runs all its tests and has no glossary; the
third row of zm is its rules of the same kind alone, without a glossary either.
"""
import argparse, lzma, os, re, statistics, subprocess, sys, tempfile

UNITS = (10_000, 100_000)
CONCEPTS = 10_000
# What pofilter's tests look at too: blank, unchanged, untranslated, length, tags, addresses, doubled
# words, sentences, ends, brackets, numbers, width, spaces, quotation marks, invisible characters.
COMPARABLE = (
    "seg-empty,seg-same,seg-untranslated,seg-length,seg-tags,seg-url,seg-repeat,seg-sentences,"
    "punct-end,punct-pair,num-value,num-missing,zh-halfwidth-punct,zh-fullwidth-alnum,zh-spacing,"
    "zh-quote,zh-ellipsis-dash,char-invisible"
)


def run(command, cwd):
    """CPU seconds, wall seconds and peak MB of a command."""
    import time
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command} ended with {child.returncode}: {error.decode()[-500:]}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - begin, usage.ru_maxrss / 1024


def cell(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def quoted(text):
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{text}"'


def read(data, most):
    """Pairs (zh, en), and term pairs among them."""
    pairs, terms = [], {}
    with lzma.open(os.path.join(data, "pairs_all.tsv.xz"), "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            en, zh = line.rstrip("\n").split("\t")[:2]
            if len(pairs) < most:
                pairs.append((zh, en))
            word = re.fullmatch(r"[A-Za-z][a-z]+(?: [A-Za-z][a-z]+){0,3}", en)
            if word and re.fullmatch(r"[\u4e00-\u9fff]{2,8}", zh) and zh not in terms:
                terms[zh] = en
            if len(pairs) == most and len(terms) >= CONCEPTS:
                break
    return pairs, list(terms.items())[:CONCEPTS]


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--zm", required=True)
    ask.add_argument("--data", required=True)
    ask.add_argument("--pofilter")
    ask.add_argument("--runs", type=int, default=5)
    args = ask.parse_args()
    zm = os.path.abspath(args.zm)
    pairs, terms = read(args.data, max(UNITS))
    print(f"| program | units | concepts | CPU s | wall s | units a CPU s | MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/terms.tsv", "w", encoding="utf-8") as out:
            out.write("zh\ten\n" + "".join(f"{cell(z)}\t{cell(e)}\n" for z, e in terms))
        for count in UNITS:
            with open(f"{folder}/{count}.tsv", "w", encoding="utf-8") as out:
                out.write("en\tzh\n" + "".join(f"{cell(e)}\t{cell(z)}\n" for z, e in pairs[:count]))
            with open(f"{folder}/{count}.po", "w", encoding="utf-8") as out:
                out.write('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: zh_CN\\n"\n\n')
                for i, (z, e) in enumerate(pairs[:count]):
                    out.write(f"#: {i}\nmsgid {quoted(e)}\nmsgstr {quoted(z)}\n\n")
            commands = {
                "zm check": [zm, "check", f"{count}.tsv", "--glossary", "terms.tsv", "--format", "short"],
            }
            if args.pofilter and count == min(UNITS):
                commands["zm check, comparable rules"] = [
                    zm, "check", f"{count}.tsv", "--format", "short", "--select", COMPARABLE,
                ]
                commands["pofilter"] = [args.pofilter, "--language=zh_CN", f"{count}.po", f"{count}.out.po"]
            results = {name: [] for name in commands}
            for _ in range(args.runs):
                for name, command in commands.items():
                    results[name].append(run(command, folder))
            for name, runs in results.items():
                cpu, wall, memory = (statistics.median(r[i] for r in runs) for i in range(3))
                concepts = len(terms) if name == "zm check" else 0
                print(f"| {name} | {count:,} | {concepts:,} | {cpu:.2f} | {wall:.2f} | {count / cpu:,.0f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
