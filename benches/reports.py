#!/usr/bin/env python3
"""Validates the reports of zm by what reads them: schemas, parsers, validators.

    python3 -m venv v && v/bin/pip install jsonschema html5lib lxml junitparser
    v/bin/pip download --no-deps --no-binary :all: pytest   # holds junit-10.xsd
    npm install @microsoft/sarif-multitool vnu-jar
    REPORTS=hard cargo test --test reports
    v/bin/python benches/reports.py --zm target/debug/zm --hard hard \\
        --pytest pytest-*.tar.gz --npm node_modules PATH…

Checks two sets: the reports of results that are hard to write, made by
tests/reports.rs, and those of a run over PATH…, each made twice. The last lines
are a Markdown table for docs/quality.md. Ends with 1 where anything is wrong.
"""
import argparse, csv, io, json, os, re, subprocess, sys, tarfile, urllib.parse

import html5lib, jsonschema, junitparser
from lxml import etree

FORMATS = ["human", "short", "json", "sarif", "github", "junit", "html", "tsv"]
ROWS, FAILED = [], []


def told(where, what, wrong, done="valid"):
    """One line of the table; `wrong` lists what is not as it should be."""
    ROWS.append(f"| {where} | {what} | {done if not wrong else f'{len(wrong)} wrong'} |")
    print(ROWS[-1], flush=True)
    for line in wrong[:5]:
        print("    ", str(line)[:300])
    if wrong:
        FAILED.append(what)


def marked(path, line, column, end_line, end_column):
    """The text between two places of a file, counted in code points."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        lines = re.split(r"\r?\n", file.read())
    if end_line != line:
        return None
    return lines[line - 1][column - 1:end_column - 1]


def check_json(text, where, files):
    report = json.loads(text)
    keys = {"schema", "files", "units", "findings", "summary"}
    finding = {"rule", "severity", "path", "line", "column", "end_line", "end_column", "byte_start",
               "byte_end", "text", "message", "suggestions", "concept", "mqm", "side", "related"}
    wrong = [] if set(report) == keys else [set(report) ^ keys]
    wrong += [set(f) ^ finding for f in report["findings"] if set(f) != finding]
    counted = {s: sum(f["severity"] == s for f in report["findings"]) for s in ("error", "warning", "note")}
    wrong += [s for s, n in counted.items() if report["summary"][s] != n]
    told(where, "JSON: exactly the keys of zhengming.check/1, sums", wrong)
    if files:
        wrong = []
        for f in report["findings"]:
            there = marked(f["path"], f["line"], f["column"], f["end_line"], f["end_column"])
            if there is not None and there != f["text"]:
                wrong.append((f["path"], f["line"], there, f["text"]))
        told(where, f"JSON: places of {len(report['findings'])} findings hold the text they name", wrong)


def check_sarif(text, where, files, npm):
    log = json.loads(text)
    tool = os.path.join(npm, "@microsoft", "sarif-multitool-linux")
    with open(os.path.join(tool, "sarif-2.1.0.json"), encoding="utf-8-sig") as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)(schema)
    told(where, "SARIF: schema 2.1.0 (jsonschema)", [e.message for e in validator.iter_errors(log)])
    path = "/tmp/zm-report.sarif"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    out = path + ".validated"
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    run = subprocess.run([os.path.join(tool, "Sarif.Multitool"), "validate", path, "--output", out,
                          "--log", "ForceOverwrite", "--level", "Error;Warning"],
                         capture_output=True, text=True, env=environment)
    try:
        with open(out, encoding="utf-8-sig") as file:
            results = json.load(file)["runs"][0].get("results", [])
        wrong = [(r["ruleId"], r["message"]) for r in results if r.get("level", "warning") == "error"]
        warned = sorted({r["ruleId"] for r in results if r.get("level", "warning") == "warning"})
        told(where, "SARIF: Microsoft's SARIF Multitool, errors", wrong,
             "valid" + (f"; warns of {', '.join(warned)}" if warned else ""))
    except (OSError, KeyError, ValueError) as error:
        told(where, "SARIF: Microsoft's SARIF Multitool", [error, run.stdout[-300:], run.stderr[-300:]])
    if files:
        wrong = []
        for result in log["runs"][0]["results"]:
            place = result["locations"][0]["physicalLocation"]
            region = place["region"]
            there = marked(urllib.parse.unquote(place["artifactLocation"]["uri"]), region["startLine"],
                           region["startColumn"], region["endLine"], region["endColumn"])
            if there is not None and there != region["snippet"]["text"]:
                wrong.append((place, there))
        told(where, "SARIF: regions, read as code points of the decoded URI, hold their snippet", wrong)


def check_junit(text, where, xsd):
    schema = etree.XMLSchema(etree.fromstring(xsd))
    schema.validate(etree.fromstring(text.encode()))
    told(where, "JUnit: junit-10.xsd of Jenkins' xUnit plugin (lxml)", [e.message for e in schema.error_log])
    suites = junitparser.JUnitXml.fromstring(text.encode())
    cases = [case for suite in suites for case in suite]
    failed = sum(any(isinstance(r, junitparser.Failure) for r in case.result) for case in cases)
    wrong = [] if (suites.tests, suites.failures) == (len(cases), failed) else ["counts"]
    told(where, "JUnit: junitparser counts what is announced", wrong)


def check_html(text, where, npm):
    parser = html5lib.HTMLParser(strict=False)
    page = parser.parse(text)
    told(where, "HTML: no parse error (html5lib)", [e[1:] for e in parser.errors])
    names = {e.tag.split("}")[-1] for e in page.iter() if isinstance(e.tag, str)}
    loads = names & {"img", "link", "iframe", "object", "embed", "video", "audio", "base"}
    told(where, "HTML: loads nothing, one script", sorted(loads) + ["script"] * (text.count("<script") != 1))
    path = "/tmp/zm-report.html"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    jar = os.path.join(npm, "vnu-jar", "build", "dist", "vnu.jar")
    run = subprocess.run(["java", "-jar", jar, "--format", "json", path], capture_output=True, text=True)
    messages = json.loads(run.stderr or '{"messages": []}')["messages"]
    wrong = [(m.get("subType", m["type"]), m["message"], m.get("extract")) for m in messages
             if m["type"] == "error" or m.get("subType") == "warning"]
    told(where, "HTML: Nu Html Checker, errors and warnings", wrong)


def check_github(text, where, files):
    kinds, wrong = {}, []
    for line in text.splitlines():
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if not command:
            if re.match(r"\s*::(?!group::\d+ more$|endgroup::$)", line) or "##[" in line:
                wrong.append(line)
            continue
        kind, properties, _ = command.groups()
        kinds[kind] = kinds.get(kind, 0) + 1
        values = dict(p.split("=", 1) for p in properties.split(","))
        if not {"file", "title"} <= set(values):
            wrong.append(line)
        if files and "col" in values:
            path = urllib.parse.unquote(values["file"])
            there = marked(path, *(int(values[k]) for k in ("line", "col", "endLine", "endColumn")))
            if there is None:
                wrong.append(line)
    wrong += [f"{n} of {kind}" for kind, n in kinds.items() if n > 10]
    told(where, "GitHub: commands parse, at most ten of a kind, no other command", wrong)


def check_tsv(text, where):
    rows = [line for line in text.split("\n")[:-1] if not line.startswith("#")]
    widths = {len(row.split("\t")) for row in rows}
    told(where, f"TSV: {len(rows) - 1} rows of one width", [] if widths == {17} else [widths])
    read = list(csv.reader(io.StringIO("\n".join(rows)), delimiter="\t", quoting=csv.QUOTE_NONE))
    told(where, "TSV: Python's csv reads as many rows", [] if len(read) == len(rows) else [len(read)])


def check(reports, where, files, options, xsd):
    check_json(reports["json"], where, files)
    check_sarif(reports["sarif"], where, files, options.npm)
    check_github(reports["github"], where, files)
    check_junit(reports["junit"], where, xsd)
    check_html(reports["html"], where, options.npm)
    check_tsv(reports["tsv"], where)
    control = [f for f in FORMATS if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", reports[f])]
    told(where, "no control character in any format", control)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--zm", required=True)
    parser.add_argument("--hard", help="folder that tests/reports.rs wrote")
    parser.add_argument("--pytest", required=True, help="pytest's source archive")
    parser.add_argument("--npm", default="node_modules")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    with tarfile.open(options.pytest) as archive:
        member = next(m for m in archive.getmembers() if m.name.endswith("junit-10.xsd"))
        xsd = archive.extractfile(member).read()
    if options.hard:
        reports = {}
        for name in FORMATS:
            with open(os.path.join(options.hard, name), encoding="utf-8", newline="") as file:
                reports[name] = file.read()
        check(reports, "hard", False, options, xsd)
    if options.paths:
        def run(name):
            command = [options.zm, "check", "--format", name, *options.paths]
            environment = {k: v for k, v in os.environ.items() if k != "GITHUB_STEP_SUMMARY"}
            done = subprocess.run(command, capture_output=True, env=environment)
            if done.returncode not in (0, 1, 2):
                sys.exit(f"{command} ended with {done.returncode}")
            return done.stdout.decode()
        reports = {name: run(name) for name in FORMATS}
        check(reports, "zm check", True, options, xsd)
        told("zm check", "a second run gives the same bytes", [n for n in FORMATS if run(n) != reports[n]])
    print("\n| reports | read by | result |\n| --- | --- | --- |")
    print("\n".join(ROWS))
    sys.exit(1 if FAILED else 0)


main()
