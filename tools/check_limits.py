#!/usr/bin/env python3
"""Holds docs/limits.md against the code: each row's text stands in its file, and each limit by name has a row.

Prints a line for each breach, and exits with 1."""

import pathlib
import re
import sys

ROW = re.compile(r"^\|.*\| `([^`]+)` \| (\S+) \|$")
NAMED = re.compile(r"\bconstexpr\b[^;=({]*?\b(k(?:Most|Longest|Least|Shortest)\w*)\s*[={]")


def pressed(text):
    """One blank for many, and none within braces' edges: the formatter may break a line there."""
    return re.sub(r"\{ ", "{", re.sub(r"\s+", " ", text))


def main():
    rows = [ROW.match(line) for line in pathlib.Path("docs/limits.md").read_text().splitlines()]
    rows = [(row[1], row[2]) for row in rows if row]
    breaches = []
    for written, place in rows:
        file = pathlib.Path("src") / place
        if not file.is_file():
            breaches.append(f"docs/limits.md: there is no src/{place}")
        elif not re.search(r"(?<!\w)" + re.escape(written) + r"(?![\w'])", pressed(file.read_text())):
            breaches.append(f"docs/limits.md: src/{place} does not say {written}")
    listed = {(re.match(r"\w+", written)[0], place) for written, place in rows}
    for file in sorted(pathlib.Path("src").rglob("*")):
        if file.suffix not in (".h", ".cpp") or file.stem.endswith("_test") or file.parts[1] == "sim":
            continue
        place = file.relative_to("src").as_posix()
        for found in NAMED.finditer(file.read_text()):
            if (found[1], place) not in listed:
                breaches.append(f"src/{place}: {found[1]} has no row in docs/limits.md")
    print("\n".join(breaches), end="\n" if breaches else "")
    return 1 if breaches or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
