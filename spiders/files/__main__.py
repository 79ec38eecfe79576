"""The process that `spiders.files.apart` starts: a line of JSON and a file's bytes in, what it says as JSON out."""

import json
import os
import resource
import sys
from typing import Final

from spiders.files.apart import to_json
from spiders.files.read import read_file

MEMORY_BYTES: Final = 3 * 1024**3  # of addresses; a sheet of 100 MB unpacked takes about 1 GB
CPU_SECONDS: Final = 60  # a book of 300 pages full of tables takes about 10


def main() -> None:
    # Libraries print; the answer alone goes to the caller.
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    head = json.loads(sys.stdin.buffer.readline())
    file = read_file(head["name"], head["url"], head["content_type"], sys.stdin.buffer.read())
    answer.write(json.dumps(to_json(file)).encode())
    answer.close()


if __name__ == "__main__":
    main()
