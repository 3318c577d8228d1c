#!/usr/bin/env python3
"""Prints docs/third_party.md: what the program is linked with and made of, with its licence, as the packages that are
installed here say it.

    tools/third_party.py build/release/rolecall > docs/third_party.md"""

import json
import pathlib
import re
import subprocess
import sys

# Packages of headers alone, of which nothing is linked by name.
EMBEDDED = ["libboost1.81-dev", "libcli11-dev", "libtomlplusplus-dev"]

# What the package for AWS Lambda has in it beside these.
PACKAGED = ["ca-certificates", "libnghttp2-14"]

ROOT = pathlib.Path(__file__).resolve().parent.parent

HEAD = """# What the program stands on

Made by `tools/third_party.py` of what is installed; not to be edited. Licences are those that Debian's package names for
its files at large; the full text of each stands in `/usr/share/doc/PACKAGE/copyright`.

| package | version | how | licence |
| --- | --- | --- | --- |"""

TAIL = """
The package for AWS Lambda (`./dev package lambda`) has all of these within it but libc6, which the machine there brings:
what is linked is linked statically, and mended by a newer package only. libfmt9 is compiled in, libcurl4, libpq5,
libprometheus-cpp-core1.0 and libsimdjson14 built from Debian's sources in the version of the day, cut down to what
is used; of ca-certificates it is the bundle, under MPL-2.0. Who gives the package out gives the texts of the licences with
it.

Rolecall itself is under Apache-2.0."""


def told(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def package_of(file):
    # Some packages still name what is in /usr/lib as of /lib.
    for path in (str(file), str(file).removeprefix("/usr")):
        found = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    sys.exit(f"{file} is of no package")


def linked_packages(program):
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", told("readelf", "-d", program)))
    found = re.findall(r"(\S+) => (/\S+)", told("ldd", program))
    for name, path in found:
        if name in needed:
            yield package_of(pathlib.Path(path).resolve())


def licence_of(package):
    """Of `Files: *`; of a text in no such form, every licence that it names by a line."""
    text = (pathlib.Path("/usr/share/doc") / package / "copyright").read_text(errors="replace")
    for stanza in re.split(r"\n\s*\n", text):
        if re.search(r"^Files:\s*\*\s*$", stanza, re.M):
            found = re.search(r"^License:[ \t]*(\S.*)$", stanza, re.M)
            if found:
                return found[1].strip()
    names = dict.fromkeys(name.strip() for name in re.findall(r"^License:[ \t]*(\S.*)$", text, re.M))
    if names:
        return ", ".join(names)
    for name in ("GCC Runtime Library Exception", "GNU Lesser General Public License", "GNU General Public License"):
        if name.lower() in re.sub(r"\s+", " ", text).lower():
            return name
    return "see its copyright file"


def version_of(package):
    return told("dpkg-query", "-W", "-f", "${Version}\n", package).splitlines()[0]


def page_rows():
    """Of what the page is made of, as its lock file has it; what only builds and tests it is not in it."""
    lock = json.loads((ROOT / "web/package-lock.json").read_text(encoding="utf-8"))
    for path, package in sorted(lock["packages"].items()):
        name = path.rpartition("node_modules/")[2]
        if name and not package.get("dev") and not package.get("optional") and not name.startswith("@types/"):
            yield f"| {name} | {package['version']} | in the page | {package.get('license', 'see its package')} |"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rows = [(package, "linked") for package in sorted(set(linked_packages(sys.argv[1])))]
    rows += [(package, "compiled in") for package in EMBEDDED]
    rows += [(package, "for AWS Lambda") for package in PACKAGED]
    print(HEAD)
    for package, how in rows:
        print(f"| {package} | {version_of(package)} | {how} | {licence_of(package)} |")
    print("\n".join(page_rows()))
    print(TAIL)


if __name__ == "__main__":
    main()
