"""Coverage-guided fuzzing of every reader with atheris: `python -m tests.soak.fuzz_readers FOLDER`.

What an input is says `fuzz_inputs`. Most are changed as `mutation` does, so that they stay
recognisable, the others blindly. FOLDER keeps what reached new code; what fails is left in the
working directory as `crash-*`, and one such file as FOLDER runs it again. Options of libFuzzer
follow, such as `-max_total_time=300`.
"""

import sys
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["transforms"]):
    from tests.soak import fuzz_inputs
    from tests.transforms.hostile import read

_MOST_BYTES = 6_000
_BLIND_SHARE = 0.15
KNOWN = fuzz_inputs.known()


def one_input(data: bytes) -> None:
    """Read one input; whatever it raises is a finding."""
    if data:
        read(fuzz_inputs.files(data))


def changed(data: bytes, most_bytes: int, seed: int) -> bytes:
    """Change an input for libFuzzer."""
    random = Random(seed)
    if not data or random.random() < _BLIND_SHARE:
        return bytes(atheris.Mutate(data, most_bytes))
    return fuzz_inputs.changed(data, KNOWN, random)[:most_bytes]


def main() -> None:
    """Fuzz from the seeds and what earlier runs kept."""
    corpus = Path(sys.argv[1])
    if not corpus.is_file():
        corpus.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(KNOWN):
            (corpus / f"seed-{number:03}").write_bytes(data)
    options = [f"-max_len={_MOST_BYTES}", "-rss_limit_mb=1500"]
    atheris.Setup([*sys.argv, *options], one_input, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
