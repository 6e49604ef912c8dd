"""Any bytes in the place of any export are read or have a reason, and nothing raises."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.files import SourceFile
from tests.soak import fuzz_inputs, fuzz_mutations
from tests.transforms import oddities
from tests.transforms.hostile import Seed, read, seeds
from transforms.exports import EXPORTS

SEEDS = seeds()
TEXTS = [seed for seed in SEEDS.values() if seed.tables is None]
WORKBOOKS = [seed for seed in SEEDS.values() if seed.tables is not None]
quiet = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
places = st.floats(0, 1)


def alone(seed: Seed, content: bytes) -> list[SourceFile]:
    return [seed.with_content(content)]


@st.composite
def damaged(draw) -> list[SourceFile]:
    """Change the bytes of a file here and there: insert, cut out, double."""
    seed = draw(st.sampled_from(TEXTS))
    content = seed.content
    for _ in range(draw(st.integers(1, 4))):
        first, last = sorted(int(draw(places) * len(content)) for _ in range(2))
        last = min(last, first + draw(st.sampled_from((0, 1, 10, 10_000))))
        odd = draw(st.one_of(st.sampled_from(oddities.BYTES), st.binary(max_size=4)))
        doubled = content[first:last] * draw(st.integers(0, 2))
        content = content[:first] + doubled + odd + content[last:]
    return alone(seed, content)


@st.composite
def with_odd_cells(draw) -> list[SourceFile]:
    """Put odd cells between the delimiters of a text file, its header's among them."""
    seed = draw(st.sampled_from(TEXTS))
    delimiter = draw(st.sampled_from((b",", b'"', b"\n")))
    cells = seed.content.split(delimiter)
    for _ in range(draw(st.integers(1, 4))):
        place = min(int(draw(places) * len(cells)), len(cells) - 1)
        cells[place] = draw(st.sampled_from(oddities.CELLS)).encode()
    return alone(seed, delimiter.join(cells))


@st.composite
def saved_again(draw) -> list[SourceFile]:
    """Save a file in another encoding or with another delimiter, cut it, shuffle its lines."""
    seed = draw(st.sampled_from(TEXTS))
    text = seed.content.decode("utf-16" if seed.content.startswith(b"\xff\xfe") else "utf-8-sig")
    text = text.replace(",", draw(st.sampled_from(",;\t|")))
    lines = draw(st.permutations(text.splitlines(keepends=True)))
    text = "".join(lines[: draw(st.integers(0, len(lines)))])
    return alone(seed, text.encode(draw(st.sampled_from(oddities.ENCODINGS)), "replace"))


@st.composite
def workbooks(draw) -> list[SourceFile]:
    """Put odd cells into a workbook, drop, double and rename its sheets and rows."""
    seed = draw(st.sampled_from(WORKBOOKS))
    names = draw(st.lists(st.sampled_from(list(seed.tables)), min_size=1, max_size=3, unique=True))
    tables = {name: [list(row) for row in seed.tables[name]] for name in names}
    for rows in tables.values():
        for _ in range(draw(st.integers(0, 3))):
            row = rows[min(int(draw(places) * len(rows)), len(rows) - 1)]
            place = min(int(draw(places) * len(row)), len(row) - 1)
            row[place] = draw(st.sampled_from(oddities.CELLS)).replace("\x1b", "")
        if draw(st.booleans()):
            rows.extend(rows[-draw(st.integers(1, 3)) :])
        del rows[draw(st.integers(1, 30)) :]
    return alone(seed, seed.with_tables(tables).content)


@st.composite
def together(draw) -> list[SourceFile]:
    """Lay two or three files into one delivery, one of them damaged."""
    chosen = [*draw(damaged()), *draw(with_odd_cells()), *draw(workbooks())]
    chosen = draw(st.permutations(chosen))[: draw(st.integers(2, 3))]
    return [replace(file, file_id=str(number)) for number, file in enumerate(chosen)]


def test_every_export_is_among_the_seeds_and_every_seed_is_read():
    readings = [one for seed in SEEDS.values() for one in read(alone(seed, seed.content))]
    known = {one.record.export for one in readings if one.record.status in ("loaded", "kept")}
    assert known == set(EXPORTS)


@quiet
@given(st.binary(max_size=300), st.sampled_from(list(SEEDS.values())))
def test_arbitrary_bytes_have_a_reason(content, seed):
    read(alone(seed, content))


@pytest.mark.parametrize(
    "files", [damaged(), with_odd_cells(), saved_again(), workbooks(), together()], ids=repr
)
def test_a_damaged_file_is_read_or_has_a_reason(files):
    @quiet
    @given(files)
    def holds(files):
        read(files)

    holds()


@pytest.mark.parametrize("name", SEEDS)
def test_a_file_cut_anywhere_is_read_or_has_a_reason(name):
    seed = SEEDS[name]
    for part in range(1, 8):
        read(alone(seed, seed.content[: len(seed.content) * part // 8]))


def test_what_the_fuzzer_makes_of_the_seeds_is_read_or_has_a_reason(tmp_path):
    assert not fuzz_mutations.run(fuzz_inputs.known(), 300, Random(0), tmp_path)
