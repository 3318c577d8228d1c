#!/usr/bin/env python3
"""Holds the folders of src/ to the order of src/folders.txt: a file includes only from its own folder or from those below.

Also holds the files of src/ and tests/ to 400 lines. Prints file:line for each breach, and exits with 1."""

import pathlib
import re
import sys

MAX_LINES = 400
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def read_folders(file):
    """Each folder with those that it may include."""
    named = [line.partition(":") for line in file.read_text().splitlines() if line and not line.startswith("#")]
    order = [folder for folder, _, _ in named]
    return {
        folder: {folder} | set(only.split() if colon else order[place + 1:])
        for place, (folder, colon, only) in enumerate(named)
    }


def breach(path, included, allowed):
    """Why the file at `path` (relative to the root) may not include `included`, or None."""
    target = included.split("/")[0]
    if path.parts[0] != "src":
        return None
    if target == "tests" and path.name.endswith("_test.cpp"):
        return None
    if target not in allowed or "/" not in included:
        return f'"{included}" is no path from src/'
    if len(path.parts) == 2:
        return None
    folder = path.parts[1]
    if folder not in allowed:
        return f"the folder {folder} has no place in the order (src/folders.txt)"
    if target not in allowed[folder]:
        return f"{folder} includes from {target}, which does not stand below it"
    return None


def breaches(root):
    allowed = read_folders(root / "src" / "folders.txt")
    for top in ("src", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cpp"):
                continue
            path = file.relative_to(root)
            lines = file.read_text(encoding="utf-8").splitlines()
            if len(lines) > MAX_LINES:
                yield f"{path}:{MAX_LINES + 1}: {len(lines)} lines, and {MAX_LINES} are the most"
            for number, line in enumerate(lines, 1):
                found = INCLUDE.match(line)
                why = breach(path, found.group(1), allowed) if found else None
                if why:
                    yield f"{path}:{number}: {why}"


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    found = list(breaches(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
