import csv
import io
from collections import Counter

import pytest

from tests.sample import bulk


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bulk")
    return folder, bulk.write(folder, 20_000, seed=3)


def _rows(path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_it_writes_the_observations_it_was_asked_for(written):
    folder, report = written
    rows = sum(len(_rows(path)) - 1 for path in folder.glob("instagram/*/*.csv"))

    assert rows == report.observations
    assert abs(rows - 20_000) <= 600


def test_a_post_is_observed_about_ten_times_and_never_loses_a_view(written):
    folder, _ = written
    seen: dict[str, list[int]] = {}
    for day in bulk.export_days():
        for path in folder.glob(f"instagram/*/*_{day:%b-%d-%Y}_*.csv"):
            for row in _rows(path)[1:]:
                seen.setdefault(row[0], []).append(int(row[11]))
    times = Counter(map(len, seen.values()))

    assert times.most_common(1)[0][0] == 10
    assert all(views == sorted(views) for views in seen.values())


def test_a_row_has_every_field_and_a_caption_of_about_a_hundred_characters(written):
    folder, _ = written
    header, *rows = _rows(next(iter(folder.glob("instagram/*/*.csv"))))
    lengths = sorted(len(row[4]) for row in rows)

    assert all(len(row) == len(header) for row in rows)
    assert 70 <= lengths[len(lengths) // 2] <= 140
    assert all("\n" in row[4] for row in rows)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(written, tmp_path):
    folder, _ = written
    bulk.write(tmp_path / "again", 20_000, seed=3)
    bulk.write(tmp_path / "other", 20_000, seed=4)
    paths = [path.relative_to(folder) for path in folder.rglob("*.csv")]

    assert all(
        (tmp_path / "again" / path).read_bytes() == (folder / path).read_bytes() for path in paths
    )
    assert any(
        (tmp_path / "other" / path).read_bytes() != (folder / path).read_bytes() for path in paths
    )


def test_the_number_of_files_can_be_asked_for(tmp_path):
    bulk.write(tmp_path, 20_000, files=80)

    assert len(list(tmp_path.glob("instagram/*/*.csv"))) == 80


def test_tiktok_accounts_stand_beside_with_a_half_year_of_days_each(written):
    folder, report = written
    files = list(folder.glob("tiktok/*/*/*.csv"))

    assert {path.name for path in files} == {"Overview.csv", "FollowerHistory.csv"}
    assert report.account_days == len(files) // 2 * bulk.TIKTOK_DAYS
    assert all(len(_rows(path)) == 1 + bulk.TIKTOK_DAYS for path in files)
