#!/usr/bin/env python3
"""Packs a text as base/gzip's UnpackText reads it, but tightly: tools/pack_text.py TEXT PACKED."""

import pathlib
import sys
import zlib


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    text = pathlib.Path(sys.argv[1]).read_bytes()
    pathlib.Path(sys.argv[2]).write_bytes(b"%d:" % len(text) + zlib.compress(text, 9))


if __name__ == "__main__":
    main()
