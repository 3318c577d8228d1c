#!/usr/bin/env python3
"""Lints each source of src/ that has changed since it was last found clean, as many at a time as there are cores; those
of bench/, which nothing else builds between two measurements, are parsed as the compiler does.

Arguments: the folder with compile_commands.json, in which the marks of the clean ones are kept too. A mark stands for
the text of the source and of every header of ours that it includes, the checks and the command that compiles it: a
fresh clone has none, and lints all. Exits with 1 where something is found."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

LINTER = "clang-tidy-19"
INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
ROOT = pathlib.Path(__file__).resolve().parent.parent


def headers_of(source, seen):
    """Every header of ours that `source` includes, near or far, added to `seen`."""
    for name in INCLUDE.findall(source.read_bytes()):
        for folder in (ROOT / "src", ROOT):
            header = folder / os.fsdecode(name)
            if header not in seen and header.is_file():
                seen.add(header)
                headers_of(header, seen)
    return seen


def mark_of(source, command, linter):
    """The name of the mark that says that `source` is clean as it is."""
    digest = hashlib.sha256(linter + (ROOT / ".clang-tidy").read_bytes() + command.encode())
    for file in [source, *sorted(headers_of(source, set()))]:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def lint(source, command, build):
    """Whether nothing was found, and what was said."""
    if source.is_relative_to(ROOT / "bench"):
        call = [*shlex.split(command), "-fsyntax-only"]
    else:
        call = [LINTER, "-p", build, "--quiet", source]
    done = subprocess.run(call, cwd=build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode == 0, done.stdout


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    marks = build / "clean"
    marks.mkdir(exist_ok=True)
    linter = subprocess.run([LINTER, "--version"], capture_output=True, check=True).stdout
    wanted, commands = {}, {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        source = pathlib.Path(entry["file"])
        if source.is_relative_to(ROOT / "src") or source.is_relative_to(ROOT / "bench"):
            commands[source] = entry["command"]
            wanted[source] = marks / mark_of(source, entry["command"], linter)
    if not wanted:
        sys.exit(f"{build} compiles nothing of src/")
    due = sorted(source for source, mark in wanted.items() if not mark.exists())
    print(f"{len(due)} of {len(wanted)} files have changed", flush=True)

    found = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as lanes:
        for source, (clean, said) in zip(due, lanes.map(lambda one: lint(one, commands[one], build), due)):
            if clean:
                wanted[source].touch()
            else:
                found += 1
                print(said, flush=True)
    # What nobody will ask for again.
    for mark in marks.iterdir():
        if mark not in wanted.values():
            mark.unlink()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
