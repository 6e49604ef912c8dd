"""Fuzzing of every reader by structured changes, without coverage: many inputs in little time.

`python -m tests.soak.fuzz_mutations FOLDER [--inputs N] [--seed N] [--also EXPORTS]`. Every seed
gets its share of the inputs, one that costs much a smaller one. What fails lies in FOLDER as
`crash-*`, each kind of failure once; `python -m tests.soak.fuzz_readers FILE` runs it again.
"""

import argparse
import faulthandler
import gc
import hashlib
import itertools
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import BinaryIO

from tests.soak import fuzz_inputs
from tests.transforms.hostile import read
from transforms.reading import rows

_SECONDS_TO_HANG = 300
_WATCHED_SECONDS = 10
_SLOW_SECONDS = 10.0
_MOST_BYTES = 6_000
_LINES_OF_REAL_FILES = 12
_OBJECTS_TO_COLLECT = 100_000
_SAID_EVERY = 2_000
_GENERATIONS = 4
_WEIGHT_FROM_SECONDS = 0.002
_SHARE_PARSED_AS_LARGE = 0.05


def main() -> None:
    """Fuzz, and say how many inputs were read and what failed."""
    arguments = _arguments()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    inputs = fuzz_inputs.known() + list(_real(arguments.also))
    gc.freeze()
    gc.set_threshold(_OBJECTS_TO_COLLECT)
    failed = run(inputs, arguments.inputs, Random(arguments.seed), arguments.folder)
    sys.exit(1 if failed else 0)


def run(inputs: Sequence[bytes], count: int, random: Random, folder: Path) -> Counter[str]:
    """Read so many changed inputs, and keep each kind of failure in `folder` once.

    Returns
    -------
    Counter
        Failures by kind.
    """
    failed: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    weights = list(itertools.accumulate(_weights(inputs)))
    begun = watched = time.monotonic()
    done = 0
    with (folder / "current").open("wb", buffering=0) as current:
        while done < count:
            (data,) = random.choices(inputs, cum_weights=weights)
            for _ in range(random.randrange(1, _GENERATIONS)):
                data = fuzz_inputs.changed(data, inputs, random)[:_MOST_BYTES]
                _note(data, current)
                is_large = random.random() < _SHARE_PARSED_AS_LARGE
                statuses.update(_read(data, is_large, failed, folder))
                if time.monotonic() - watched > _WATCHED_SECONDS:
                    faulthandler.dump_traceback_later(_SECONDS_TO_HANG, exit=True)
                    watched = time.monotonic()
                done += 1
                if done % _SAID_EVERY == 0:
                    _say(done, begun, failed, statuses)
    faulthandler.cancel_dump_traceback_later()
    _say(done, begun, failed, statuses)
    return failed


def _note(data: bytes, current: BinaryIO) -> None:
    """Leave the input where it is found if the process ends over it."""
    current.seek(0)
    current.write(data)
    current.truncate()


def _read(data: bytes, is_large: bool, failed: Counter[str], folder: Path) -> list[str]:
    """Read an input, parsed as a large file is or as a small one."""
    few_bytes = rows._FEW_BYTES
    rows._FEW_BYTES = -1 if is_large else few_bytes
    begun = time.process_time()
    try:
        readings = read(fuzz_inputs.files(data))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        _keep(data, _kind(error), failed, folder)
        return ["failed"]
    finally:
        rows._FEW_BYTES = few_bytes
    if (seconds := time.process_time() - begun) > _SLOW_SECONDS:
        _keep(data, f"slow: {seconds:.0f} s", failed, folder)
    return [reading.record.status for reading in readings]


def _keep(data: bytes, kind: str, failed: Counter[str], folder: Path) -> None:
    failed[kind] += 1
    if failed[kind] > 1:
        return
    path = folder / f"crash-{hashlib.sha256(data).hexdigest()[:16]}"
    path.write_bytes(data)
    print(f"{path}: {kind}", flush=True)  # noqa: T201


def _kind(error: BaseException) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    told = re.sub(r"\d+", "N", str(error))[:200]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {told}"


def _weights(inputs: Sequence[bytes]) -> Iterator[float]:
    """Give the more to an input the quicker it is read, within bounds."""
    for data in inputs:
        files = fuzz_inputs.files(data)
        read(files)
        begun = time.process_time()
        read(files)
        yield 1 / max(time.process_time() - begun, _WEIGHT_FROM_SECONDS)


def _real(folder: Path | None) -> Iterator[bytes]:
    """Give the beginnings of real exports as inputs."""
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.suffix.lower() not in (".csv", ".json"):
            continue
        lines = path.read_bytes()[: 4 * _MOST_BYTES].splitlines(keepends=True)
        content = b"".join(lines[:_LINES_OF_REAL_FILES])
        if len(content) < _MOST_BYTES:
            yield f"{path.relative_to(folder).as_posix()}\n".encode() + content


def _say(done: int, begun: float, failed: Counter[str], statuses: Counter[str]) -> None:
    speed = done / (time.monotonic() - begun)
    told = ", ".join(f"{number:,} {status}" for status, number in statuses.most_common())
    print(f"{done:,} inputs, {speed:.0f}/s, {len(failed)} kinds of failure; {told}", flush=True)  # noqa: T201


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--also", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
