#!/usr/bin/env python3
"""Measures the function of AWS Lambda beside a Python program that imports fastapi, sqlalchemy and boto3.

Arguments: the bootstrap, and its zip. Both programs are started, asked for their first event and answered with one, by turns.
"""
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

ROUNDS = 30

PYTHON = '''
import json, os, urllib.request
import fastapi, sqlalchemy, boto3
app = fastapi.FastAPI()
engine = sqlalchemy.create_engine("sqlite://")
base = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urllib.request.urlopen(base + "next") as event:
        event_id = event.headers["Lambda-Runtime-Aws-Request-Id"]
        json.load(event)
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text("SELECT 1"))
    answer = json.dumps({"statusCode": 200, "body": "{}"}).encode()
    urllib.request.urlopen(base + event_id + "/response", data=answer).read()
'''

# What a zip of it would hold, of Debian's packages.
PYTHON_PACKAGES = ["fastapi", "starlette", "pydantic", "anyio", "sniffio", "idna", "sqlalchemy", "boto3", "botocore",
                   "s3transfer", "jmespath", "dateutil", "urllib3"]

EVENT = json.dumps({
    "version": "2.0", "rawPath": "/health", "rawQueryString": "", "headers": {"host": "h"},
    "requestContext": {"http": {"method": "GET", "path": "/health", "sourceIp": "192.0.2.1"}, "stage": "$default"},
    "isBase64Encoded": False}).encode()


def read_request(connection):
    """The head of a request whose body came whole too."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head


def resident(pid):
    """What a process holds in memory, and held at most, in MB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines["VmRSS"].split()[0]) / 1024


class Started:
    """A program as Lambda starts one, seen from the Runtime API."""

    def __init__(self, command, environment):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.listening.settimeout(60)
        address = "127.0.0.1:%d" % self.listening.getsockname()[1]
        begun = time.perf_counter()
        self.process = subprocess.Popen(command, env={**environment, "AWS_LAMBDA_RUNTIME_API": address},
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.connection = None
        assert self.next_request().startswith(b"GET "), "the first request is not for an event"
        self.to_next = (time.perf_counter() - begun) * 1000
        self.memory = resident(self.process.pid)

    def next_request(self):
        """Over the connection that there is, or another."""
        head = read_request(self.connection) if self.connection else None
        if head is None:
            self.connection, _ = self.listening.accept()
            head = read_request(self.connection)
        return head

    def answer_first(self):
        """From the first event to its answer, in ms."""
        begun = time.perf_counter()
        self.connection.sendall(b"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\n"
                                b"Lambda-Runtime-Deadline-Ms: %d\r\nContent-Length: %d\r\n\r\n%s"
                                % (int(time.time() * 1000) + 30000, len(EVENT), EVENT))
        head = self.next_request()
        took = (time.perf_counter() - begun) * 1000
        assert b"/response" in head.split(b"\r\n")[0], head
        return took

    def end(self):
        self.process.kill()
        self.process.wait()
        if self.connection:
            self.connection.close()
        self.listening.close()


def measure(command, environment):
    started = Started(command, environment)
    try:
        return started.to_next, started.answer_first(), started.memory
    finally:
        started.end()


def zip_of_python(folder):
    """Bytes of the packages, packed."""
    path = pathlib.Path(folder) / "python.zip"
    root = pathlib.Path("/usr/lib/python3/dist-packages")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for package in PYTHON_PACKAGES:
            for file in sorted((root / package).rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    packed.write(file, file.relative_to(root))
    return path.stat().st_size


def tell(what, ours, theirs, unit, aim=None, ratio_aim=None):
    ratio = ours / theirs
    line = f"{what}: {ours:.2f} {unit}, beside {theirs:.2f} {unit}: 1/{1 / ratio:.0f}"
    met = (aim is None or ours <= aim) and (ratio_aim is None or ratio <= ratio_aim)
    if aim is not None:
        line += f", at most {aim:g} {unit}" + (f" and 1/{1 / ratio_aim:.0f}" if ratio_aim else "")
        line += ": met" if met else ": MISSED"
    print(line, flush=True)


def main():
    bootstrap, package = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        plain = {"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:{folder}/bench.db", "SECRET_KEY": "of this bench alone"}
        subprocess.run([bootstrap, "migrate"], env={**plain, "HOME": folder}, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        ours_in = {**plain, "_HANDLER": "api", "AWS_REGION": "eu-west-1", "AWS_LAMBDA_FUNCTION_NAME": "bench"}
        script = pathlib.Path(folder) / "function.py"
        script.write_text(PYTHON)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(measure([bootstrap], ours_in))
            theirs.append(measure(["/usr/bin/python3", str(script)], plain))
        median = [[statistics.median(column) for column in zip(*rounds)] for rounds in (ours, theirs)]
        print(f"The API function on SQLite beside Python with fastapi, sqlalchemy and boto3: medians of {ROUNDS}")
        tell("exec to the first /next", median[0][0], median[1][0], "ms", 5, 1 / 100)
        tell("first event to answer", median[0][1], median[1][1], "ms")
        tell("resident at the first /next", median[0][2], median[1][2], "MB", 8)
        tell("zip", os.path.getsize(package) / 2**20, zip_of_python(folder) / 2**20, "MB", 8)


if __name__ == "__main__":
    main()
