#!/usr/bin/env python3
"""Writes the C++ file that holds a built page: tools/embed_page.py FOLDER CPP. One row of PageFiles() a file, by path."""

import pathlib
import sys

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1]).resolve()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if folder / "index.html" not in files:
        sys.exit(f"embed_page: {folder} holds no index.html")
    text = ['#include "api/page_files.h"\n\n#include <array>\n\nnamespace rolecall {\nnamespace {\n']
    rows = []
    for number, path in enumerate(files):
        if path.suffix not in TYPES:
            sys.exit(f"embed_page: nobody knows the type of {path}")
        text.append(f'constexpr char kFile{number}[] = {{\n#embed "{path}"\n    , 0}};\n')
        rows.append(
            f'    PageFile{{"{path.relative_to(folder).as_posix()}", "{TYPES[path.suffix]}", '
            f"{{kFile{number}, sizeof(kFile{number}) - 1}}}},\n"
        )
    text.append(f"constexpr std::array kFiles{{\n{''.join(rows)}}};\n\n}}  // namespace\n\n")
    text.append("std::span<const PageFile> PageFiles() { return kFiles; }\n\n}  // namespace rolecall\n")
    pathlib.Path(sys.argv[2]).write_text("".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
