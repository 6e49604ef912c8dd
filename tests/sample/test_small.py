import zipfile

import pytest

from tests.sample import small


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    return folder, small.write(folder, 800, seed=3)


def _contents(folder) -> list[bytes]:
    contents = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        else:
            contents.append(path.read_bytes())
    return contents


def test_it_writes_as_many_files_and_members_as_it_says(written):
    folder, count = written

    assert len(_contents(folder)) == count
    assert 800 <= count < 810


def test_every_platform_is_there_and_some_downloads_are_zips(written):
    folder, _ = written
    loose, zips = list(folder.rglob("*.csv")), list(folder.rglob("*.zip"))

    assert {path.name for path in folder.iterdir()} == set(small._DOWNLOADS)
    assert len(loose) > len(zips) > 10


def test_the_files_are_small(written):
    folder, _ = written
    lines = sorted(content.count(b"\n") for content in _contents(folder))

    assert lines[-1] <= 200
    assert lines[len(lines) // 10] >= 8


def test_the_same_seed_gives_the_same_bytes(written, tmp_path):
    folder, _ = written
    small.write(tmp_path, 800, seed=3)

    assert _contents(tmp_path) == _contents(folder)
